def upgrade() -> None:
    """Upgrade schema."""
    op.drop_constraint(op.f("fk_author_book"), "author", type_="foreignkey")
    op.drop_constraint(op.f("fk_book_author"), "book", type_="foreignkey")

    op.alter_column("author", "id", existing_type=sa.Integer(), type_=sa.BigInteger())

    op.execute("ALTER SEQUENCE author_id_seq AS bigint")

    op.alter_column(
        "author", "book_id", existing_type=sa.Integer(), type_=sa.BigInteger()
    )

    op.alter_column("book", "id", existing_type=sa.Integer(), type_=sa.BigInteger())

    op.execute("ALTER SEQUENCE book_id_seq AS bigint")

    op.alter_column(
        "book", "author_id", existing_type=sa.Integer(), type_=sa.BigInteger()
    )

    op.create_foreign_key(op.f("fk_author_book"), "author", "book", ["book_id"], ["id"])
    op.create_foreign_key(
        op.f("fk_book_author"), "book", "author", ["author_id"], ["id"]
    )


def downgrade() -> None:
    """Downgrade schema."""
    op.drop_constraint(op.f("fk_book_author"), "book", type_="foreignkey")
    op.drop_constraint(op.f("fk_author_book"), "author", type_="foreignkey")

    # This fails (22003), and loses nothing, while a row holds a number that integer has
    # no room for.
    op.alter_column(
        "book", "author_id", existing_type=sa.BigInteger(), type_=sa.Integer()
    )

    op.execute("ALTER SEQUENCE book_id_seq AS integer")

    # This fails (22003), and loses nothing, while a row holds a number that integer has
    # no room for.
    op.alter_column("book", "id", existing_type=sa.BigInteger(), type_=sa.Integer())

    # This fails (22003), and loses nothing, while a row holds a number that integer has
    # no room for.
    op.alter_column(
        "author", "book_id", existing_type=sa.BigInteger(), type_=sa.Integer()
    )

    op.execute("ALTER SEQUENCE author_id_seq AS integer")

    # This fails (22003), and loses nothing, while a row holds a number that integer has
    # no room for.
    op.alter_column("author", "id", existing_type=sa.BigInteger(), type_=sa.Integer())

    op.create_foreign_key(
        op.f("fk_book_author"), "book", "author", ["author_id"], ["id"]
    )
    op.create_foreign_key(op.f("fk_author_book"), "author", "book", ["book_id"], ["id"])
