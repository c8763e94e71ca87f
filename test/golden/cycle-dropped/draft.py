def upgrade() -> None:
    """Upgrade schema."""
    op.drop_constraint(op.f("fk_book_author"), "book", type_="foreignkey")

    # No model declares author, so it is dropped with its 1 row: answered.
    op.drop_table("author")

    # No model declares book, so it is dropped with its 1 row: answered.
    op.drop_table("book")


def downgrade() -> None:
    """Downgrade schema."""
    op.create_table(
        "book",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("book_pkey")),
    )

    op.create_table(
        "author",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("best_book_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["best_book_id"], ["book.id"], name=op.f("fk_author_best_book")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("author_pkey")),
    )

    op.create_foreign_key(
        op.f("fk_book_author"), "book", "author", ["author_id"], ["id"]
    )
