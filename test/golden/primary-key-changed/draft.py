def upgrade() -> None:
    """Upgrade schema."""
    op.drop_constraint(op.f("city_country_id_fkey"), "city", type_="foreignkey")
    op.drop_constraint(op.f("city_country_code_fkey"), "city", type_="foreignkey")

    op.drop_constraint(op.f("country_pkey"), "country", type_="primary")
    op.drop_constraint(op.f("country_code_key"), "country", type_="unique")
    op.create_primary_key(op.f("country_pkey"), "country", ["code"])
    op.create_unique_constraint(op.f("country_id_key"), "country", ["id"])

    op.create_foreign_key(
        op.f("city_country_id_fkey"), "city", "country", ["country_id"], ["id"]
    )
    op.create_foreign_key(
        op.f("city_country_code_fkey"), "city", "country", ["country_code"], ["code"]
    )


def downgrade() -> None:
    """Downgrade schema."""
    op.drop_constraint(op.f("city_country_code_fkey"), "city", type_="foreignkey")
    op.drop_constraint(op.f("city_country_id_fkey"), "city", type_="foreignkey")

    op.drop_constraint(op.f("country_id_key"), "country", type_="unique")
    op.drop_constraint(op.f("country_pkey"), "country", type_="primary")
    op.create_unique_constraint(op.f("country_code_key"), "country", ["code"])
    op.create_primary_key(op.f("country_pkey"), "country", ["id"])

    op.create_foreign_key(
        op.f("city_country_code_fkey"), "city", "country", ["country_code"], ["code"]
    )
    op.create_foreign_key(
        op.f("city_country_id_fkey"), "city", "country", ["country_id"], ["id"]
    )
