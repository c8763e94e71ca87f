"""A type as SQLAlchemy's PostgreSQL dialect writes it, in the parts that our Schema has."""

import re

from sqlalchemy import types as sqltypes
from sqlalchemy.dialects import postgresql

# With this parameter style a % in a literal is written as it is, not doubled for the driver.
dialect = postgresql.dialect(paramstyle="named")
# Virtual generated columns (PostgreSQL 18) are left out of account, as a server of today's usual versions would.
dialect.supports_virtual_generated_columns = False

# Table 8.1 of PostgreSQL's documentation, and CREATE TABLE's FLOAT(p).
ALIASES = {
    "VARCHAR": "character varying",
    "CHAR": "character",
    "NCHAR": "character",
    "NVARCHAR": "character varying",
    "INT": "integer",
    "INT2": "smallint",
    "INT4": "integer",
    "INT8": "bigint",
    "DECIMAL": "numeric",
    "BOOL": "boolean",
    "DOUBLE": "double precision",
    "FLOAT": "double precision",
    "FLOAT4": "real",
    "FLOAT8": "double precision",
    "TIMESTAMP": "timestamp without time zone",
    "TIMESTAMPTZ": "timestamp with time zone",
    "TIME": "time without time zone",
    "TIMETZ": "time with time zone",
    "BIT VARYING": "bit varying",
}


def type_of(type_, column=None):
    type_ = unwrap(type_)
    if isinstance(type_, sqltypes.ARRAY):
        item = type_of(type_.item_type)
        return {**item, "dimensions": item["dimensions"] + (type_.dimensions or 1)}
    if isinstance(type_, postgresql.DOMAIN):
        return {"kind": "named", "schema": namespace(type_.schema), "name": type_.name, "args": [], "dimensions": 0}
    if isinstance(type_, sqltypes.Enum) and type_.native_enum:
        schema, name, labels = namespace(type_.schema), type_.name, list(type_.enums)
        return {"kind": "enum", "schema": schema, "name": name, "labels": labels, "dimensions": 0}
    return parts_of(dialect.type_compiler_instance.process(type_, type_expression=column))


def unwrap(type_):
    """The type that PostgreSQL gets: variants chosen, decorators taken off."""
    type_ = type_._variant_mapping.get(dialect.name, type_)
    while isinstance(type_, sqltypes.TypeDecorator):
        type_ = type_.type_engine(dialect)
        type_ = type_._variant_mapping.get(dialect.name, type_)
    return type_


def parts_of(text):
    text = re.sub(r" COLLATE .*$", "", text)
    if interval := re.fullmatch(r"INTERVAL(?: ([A-Z ]+))?(?: ?\((\d+)\))?", text, re.I):
        fields, precision = interval.groups()
        args = ([fields.strip().lower()] if fields else []) + ([precision] if precision else [])
        return {"kind": "builtin", "name": "interval", "args": args, "dimensions": 0}
    if time := re.fullmatch(r"(TIMESTAMP|TIME)(?:\((\d+)\))? (WITH|WITHOUT) TIME ZONE", text, re.I):
        name, precision, zone = time.groups()
        name = f"{name.lower()} {zone.lower()} time zone"
        return {"kind": "builtin", "name": name, "args": [precision] if precision else [], "dimensions": 0}
    name, args = re.fullmatch(r"([^(]+?)\s*(?:\((.*)\))?", text).groups()
    args = [arg.strip() for arg in args.split(",")] if args else []
    name = ALIASES.get(name.upper(), name.lower())
    if text.upper().startswith("FLOAT(") and args:
        # PostgreSQL takes FLOAT(1) to FLOAT(24) as real
        name, args = ("real" if int(args[0]) <= 24 else "double precision"), []
    if name in ("character", "bit") and not args:
        args = ["1"]
    if name == "numeric" and len(args) == 1:
        args = [*args, "0"]
    return {"kind": "builtin", "name": name, "args": args, "dimensions": 0}


def namespace(schema):
    return None if schema in (None, "public") else str(schema)


def unquote(name):
    return name[1:-1].replace('""', '"') if name.startswith('"') else str(name)
