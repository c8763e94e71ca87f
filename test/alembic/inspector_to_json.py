"""What SQLAlchemy's inspector knows of a database, as JSON in the shape of our Schema.

Reads {"url": "postgresql://…"} from standard input. A field that the inspector does not tell is left out, so that a
comparison can go by what is there.
"""

import json
import sys
import warnings

import sqlalchemy as sa

from postgresql_types import namespace, type_of


def main():
    warnings.simplefilter("ignore")
    request = json.load(sys.stdin)
    engine = sa.create_engine(request["url"])
    inspector = sa.inspect(engine)
    schemas = [name for name in inspector.get_schema_names() if name != "information_schema"]
    tables = [table_of(inspector, schema, name) for schema in schemas for name in inspector.get_table_names(schema)]
    enums = [enum for schema in schemas for enum in inspector.get_enums(schema)]
    views = [(schema, name) for schema in schemas for name in inspector.get_view_names(schema)]
    materialized = [(schema, name) for schema in schemas for name in inspector.get_materialized_view_names(schema)]
    result = {
        "tables": tables,
        "enums": [{"schema": namespace(enum["schema"]), "name": enum["name"], "labels": enum["labels"]} for enum in enums],
        "sequences": [
            {"schema": namespace(schema), "name": name} for schema in schemas for name in inspector.get_sequence_names(schema)
        ],
        "views": [
            {"schema": namespace(schema), "name": name, "materialized": is_materialized}
            for is_materialized, found in ((False, views), (True, materialized))
            for schema, name in found
        ],
    }
    json.dump(result, sys.stdout, ensure_ascii=False)


def table_of(inspector, schema, name):
    primary_key = inspector.get_pk_constraint(name, schema)
    foreign_keys = inspector.get_foreign_keys(name, schema)
    return {
        "schema": namespace(schema),
        "name": name,
        "comment": inspector.get_table_comment(name, schema)["text"],
        "columns": [column_of(column) for column in inspector.get_columns(name, schema)],
        "primaryKey": None
        if not primary_key["constrained_columns"]
        else {
            "name": primary_key["name"],
            "columns": primary_key["constrained_columns"],
            "include": primary_key["dialect_options"]["postgresql_include"],
            "comment": primary_key["comment"],
        },
        "foreignKeys": [foreign_key_of(key) for key in foreign_keys],
        "uniques": [
            {
                "name": unique["name"],
                "columns": unique["column_names"],
                "include": unique["dialect_options"]["postgresql_include"],
                "nullsNotDistinct": unique["dialect_options"]["postgresql_nulls_not_distinct"] is True,
                "comment": unique["comment"],
            }
            for unique in inspector.get_unique_constraints(name, schema)
        ],
        "checks": [check_of(check) for check in inspector.get_check_constraints(name, schema)],
        "indexes": [
            index_of(index) for index in inspector.get_indexes(name, schema) if "duplicates_constraint" not in index
        ],
    }


def column_of(column):
    # A sequence of its own is one that PostgreSQL named after the column; the inspector tells no more.
    serial = bool(column["autoincrement"]) and "identity" not in column and bool(column["default"])
    result = {
        "name": column["name"],
        "nullable": column["nullable"],
        "default": column["default"] and {"sql": column["default"]},
        "comment": column["comment"],
        "drawsFromSequence": serial,
    }
    if not isinstance(column["type"], sa.types.NullType):
        result["type"] = type_of(column["type"])
        result["type"].pop("labels", None)
    if "identity" in column:
        identity = column["identity"]
        # the numbers are whole; ours are only those that differ from what is usual
        result["identity"] = {"always": identity["always"], "start": str(identity["start"]), "increment": str(identity["increment"])}
    if "computed" in column:
        computed = column["computed"]
        result["generated"] = {"expression": {"sql": computed["sqltext"]}, "stored": computed["persisted"]}
        result["default"] = None
    return result


def foreign_key_of(key):
    options = key["options"]
    return {
        "name": key["name"],
        "columns": key["constrained_columns"],
        "references": {
            "schema": namespace(key["referred_schema"]),
            "name": key["referred_table"],
            "columns": key["referred_columns"],
        },
        "onDelete": options.get("ondelete", "NO ACTION"),
        "onUpdate": options.get("onupdate", "NO ACTION"),
        "match": options.get("match", "SIMPLE"),
        "deferrable": options.get("deferrable", False),
        "initiallyDeferred": options.get("initially") == "DEFERRED",
        "comment": key["comment"],
    }


def check_of(check):
    options = check.get("dialect_options", {})
    return {"name": check["name"], "expression": {"sql": check["sqltext"]}, "comment": check["comment"], **(
        {"notValid": True} if options.get("not_valid") else {}
    )}


def index_of(index):
    options = index["dialect_options"]
    columns = index.get("expressions") or index["column_names"]
    sorting = index.get("column_sorting", {})
    return {
        "name": index["name"],
        "unique": index["unique"],
        "method": options.get("postgresql_using", "btree"),
        "elements": [
            element_of(text, name, sorting.get(text, ())) for text, name in zip(columns, index["column_names"])
        ],
        "include": options["postgresql_include"],
        "where": {"sql": options["postgresql_where"]} if "postgresql_where" in options else None,
        "options": options.get("postgresql_with", {}),
        "nullsNotDistinct": options.get("postgresql_nulls_not_distinct", False),
    }


def element_of(text, name, sorting):
    descending = "desc" in sorting
    nulls_first = "nulls_first" in sorting or (descending and "nulls_last" not in sorting)
    return {
        "column": name,
        "expression": None if name is not None else {"sql": text},
        "descending": descending,
        "nullsFirst": nulls_first,
    }


main()
