"""SQLAlchemy's own view of models, as JSON in the shape of our Schema.

Reads {"groups": {"name": ["module", ...]}} from standard input. Imports the modules (with the working folder first on
sys.path), takes every MetaData that they hold, compiles it for PostgreSQL, and prints {"name": Schema}.

Types, defaults, expressions and names come from the dialect's own compilers.
"""

import importlib
import json
import re
import sys
import warnings

import sqlalchemy as sa
from sqlalchemy import types as sqltypes
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateIndex, Sequence
from sqlalchemy.sql import elements, operators

from postgresql_types import dialect, namespace, type_of, unquote, unwrap


def main():
    sys.path.insert(0, "")
    warnings.simplefilter("ignore")
    request = json.load(sys.stdin)
    result = {}
    for name, modules in request["groups"].items():
        loaded = [importlib.import_module(module) for module in modules]
        found = {}
        for module in loaded:
            for value in vars(module).values():
                metadata = value if isinstance(value, sa.MetaData) else getattr(value, "metadata", None)
                if isinstance(metadata, sa.MetaData):
                    found[id(metadata)] = metadata
        result[name] = schema_of(list(found.values()))
    json.dump(result, sys.stdout, ensure_ascii=False)


def schema_of(metadatas):
    tables = [table for metadata in metadatas for table in metadata.tables.values()]
    enums = {}
    for table in tables:
        for column in table.columns:
            collect_enum(column.type, enums)
    sequences = {}
    for metadata in metadatas:
        for sequence in metadata._sequences.values():
            if not sequence.optional:
                sequences[sequence.name] = sequence_of(sequence)
    return {
        "defaultSchema": "public",
        "tables": sorted((table_of(table) for table in tables), key=lambda table: (table["schema"] or "", table["name"])),
        "enums": sorted(enums.values(), key=lambda enum: (enum["schema"] or "", enum["name"])),
        "sequences": sorted(sequences.values(), key=lambda sequence: sequence["name"]),
        "views": [],
        "extensions": [],
        "unknown": [],
    }


# --- tables -----------------------------------------------------------------------------------------------------------


def table_of(table):
    compiler = Compiler(table)
    # a constraint in a column's own arguments is written inside the column and kept there
    of_columns = [constraint for column in table.columns for constraint in column.constraints]
    constraints = sorted({*table.constraints, *of_columns}, key=lambda constraint: constraint._creation_order)
    of_kind = lambda kind: [constraint for constraint in constraints if isinstance(constraint, kind)]
    primary_key = table.primary_key if len(table.primary_key.columns) > 0 else None
    partition_by = table.dialect_options["postgresql"]["partition_by"]
    return {
        "schema": namespace(table.schema),
        "name": table.name,
        "columns": [compiler.column(column) for column in table.columns],
        "primaryKey": primary_key
        and {
            "name": compiler.name(primary_key),
            "columns": [column.name for column in primary_key.columns],
            "include": include_of(primary_key),
            **deferring(primary_key),
            "comment": getattr(primary_key, "comment", None),
        },
        "foreignKeys": [compiler.foreign_key(key) for key in of_kind(sa.ForeignKeyConstraint)],
        "uniques": [
            {
                "name": compiler.name(unique),
                "columns": [column.name for column in unique.columns],
                "include": include_of(unique),
                "nullsNotDistinct": unique.dialect_options["postgresql"]["nulls_not_distinct"] is True,
                **deferring(unique),
                "comment": unique.comment,
            }
            for unique in of_kind(sa.UniqueConstraint)
        ],
        "checks": [
            check
            for constraint in of_kind(sa.CheckConstraint)
            if compiler.is_created(constraint)
            for check in [compiler.check(constraint)]
        ],
        "excludes": [compiler.exclude(exclude) for exclude in of_kind(postgresql.ExcludeConstraint)],
        "indexes": [compiler.index(index) for index in sorted(table.indexes, key=lambda index: str(index.name))],
        "comment": table.comment,
        "policies": [],
        "rowLevelSecurity": False,
        "partitionBy": partition_by,
        "partitionOf": None,
        "owner": None,
        "extension": None,
        "renamedFrom": table.info.get("renamed_from"),
    }


class Compiler:
    def __init__(self, table):
        self.table = table
        self.ddl = dialect.ddl_compiler(dialect, None)
        self.sql = self.ddl.sql_compiler

    def name(self, constraint):
        if constraint.name is None:
            return None
        name = self.ddl.preparer.format_constraint(constraint)
        return name and unquote(name)

    def is_created(self, constraint):
        """SQLAlchemy leaves out the CHECKs of Boolean and Enum where the type is native."""
        return constraint._should_create_for_compiler(self.ddl)

    def expression(self, expression, **kw):
        return {"sql": self.sql.process(expression, include_table=False, literal_binds=True, **kw)}

    def column(self, column):
        specification = self.ddl.get_column_specification(column)
        rest = specification[len(self.ddl.preparer.format_column(column)) + 1 :]
        serial = re.match(r"(SMALL|BIG)?SERIAL\b", rest)
        identity = column.identity
        computed = column.computed
        default = self.ddl.get_column_default_string(column)
        if serial:
            names = {"SERIAL": "integer", "BIGSERIAL": "bigint", "SMALLSERIAL": "smallint"}
            type_ = {"kind": "builtin", "name": names[serial.group()], "args": [], "dimensions": 0}
        else:
            type_ = type_of(column.type, column)
        return {
            "name": column.name,
            "type": type_,
            "nullable": bool(column.nullable) and not column.primary_key,
            "default": None if default is None else {"sql": default},
            **({"filledByDatabase": True} if type(column.server_default) is sa.FetchedValue else {}),
            "identity": identity and {"always": identity.always is True, "options": sequence_options(identity)},
            "generated": computed
            and {"expression": self.expression(computed.sqltext), "stored": computed.persisted is not False},
            "serial": serial is not None,
            "collation": getattr(column.type, "collation", None),
            "comment": column.comment,
            "renamedFrom": column.info.get("renamed_from"),
            "modelDefault": model_default(column),
        }

    def foreign_key(self, key):
        targets = [element.target_fullname.split(".") for element in key.elements]
        table = key.elements[0].target_fullname.rsplit(".", 1)[0].split(".")
        options = key.dialect_options["postgresql"]
        match = re.search(r"MATCH (\w+)", self.ddl.define_constraint_match(key))
        return {
            "name": self.name(key),
            "columns": [column.name for column in key.columns],
            "references": {
                "schema": namespace(".".join(table[:-1]) or None),
                "name": table[-1],
                "columns": [target[-1] for target in targets],
            },
            "onDelete": (key.ondelete or "NO ACTION").upper(),
            "onUpdate": (key.onupdate or "NO ACTION").upper(),
            "match": match.group(1).upper() if match else "SIMPLE",
            **deferring(key),
            "notValid": options["not_valid"] is True,
            "comment": key.comment,
        }

    def check(self, constraint):
        return {
            "name": self.name(constraint),
            "expression": self.expression(constraint.sqltext),
            "noInherit": False,
            "notValid": constraint.dialect_options["postgresql"]["not_valid"] is True,
            "comment": constraint.comment,
        }

    def exclude(self, constraint):
        return {
            "name": self.name(constraint),
            "method": constraint.using.lower(),
            "elements": [
                {**self.element(expression, constraint.ops), "operator": operator}
                for expression, _, operator in constraint._render_exprs
            ],
            "where": None if constraint.where is None else self.expression(constraint.where),
            **deferring(constraint),
            "comment": constraint.comment,
        }

    def index(self, index):
        options = index.dialect_options["postgresql"]
        # fails where SQLAlchemy itself would
        self.ddl.process(CreateIndex(index))
        where = options["where"]
        if isinstance(where, str):
            where = sa.text(where)
        return {
            "name": unquote(self.ddl._prepared_index_name(index, include_schema=False)),
            "unique": bool(index.unique),
            "method": (options["using"] or "btree").lower(),
            "elements": [self.element(expression, options["ops"]) for expression in index.expressions],
            "include": include_of(index),
            "where": None if where is None else self.expression(where),
            "nullsNotDistinct": options["nulls_not_distinct"] is True,
            "options": {key: str(value) for key, value in (options["with"] or {}).items()},
            "comment": None,
            "valid": True,
        }

    def element(self, expression, ops):
        operator_class = ops.get(expression.key) if getattr(expression, "key", None) in ops else None
        descending, nulls_first, collation = False, None, None
        inner = expression
        while True:
            modifier = getattr(inner, "modifier", None)
            if modifier is operators.desc_op:
                descending, inner = True, inner.element
            elif modifier is operators.asc_op:
                inner = inner.element
            elif modifier is operators.nulls_first_op:
                nulls_first, inner = True, inner.element
            elif modifier is operators.nulls_last_op:
                nulls_first, inner = False, inner.element
            elif isinstance(inner, elements.BinaryExpression) and inner.operator is operators.collate:
                inner, collation = inner.left, unquote(self.sql.process(inner.right))
            else:
                break
        if isinstance(inner, elements.TextClause):
            return self.text_element(inner.text, operator_class)
        if isinstance(inner, elements.Grouping) and isinstance(inner.element, sa.Column):
            inner = inner.element
        if isinstance(inner, elements._textual_label_reference):
            inner = self.table.c[inner.element]
        is_column = isinstance(inner, elements.ColumnClause) and not inner.is_literal
        if operator_class is None and getattr(inner, "key", None) in ops:
            operator_class = ops[inner.key]
        return {
            "column": inner.name if is_column else None,
            "expression": None if is_column else self.expression(inner),
            "collation": collation,
            "operatorClass": operator_class,
            "descending": descending,
            "nullsFirst": descending if nulls_first is None else nulls_first,
        }

    def text_element(self, text, operator_class):
        """`created_at DESC` inside text(): SQLAlchemy passes it on, PostgreSQL takes it apart."""
        inner, direction, nulls = re.fullmatch(r"(.*?)(?:\s+(ASC|DESC))?(?:\s+NULLS\s+(FIRST|LAST))?", text, re.S | re.I).groups()
        descending = (direction or "").upper() == "DESC"
        is_column = inner in self.table.c
        return {
            "column": inner if is_column else None,
            "expression": None if is_column else {"sql": inner},
            "collation": None,
            "operatorClass": operator_class,
            "descending": descending,
            "nullsFirst": descending if nulls is None else nulls.upper() == "FIRST",
        }


def deferring(constraint):
    return {
        "deferrable": constraint.deferrable is True,
        "initiallyDeferred": (constraint.initially or "").upper() == "DEFERRED",
    }


def include_of(item):
    try:
        include = item.dialect_options["postgresql"]["include"]
    except KeyError:
        return []
    return [column if isinstance(column, str) else column.name for column in include or []]


def model_default(column):
    """A constant on the Python side, as SQL: what the dialect would bind for it, as a literal."""
    default = column.default
    if default is None or not default.is_scalar:
        return None
    processor = column.type.dialect_impl(dialect).literal_processor(dialect)
    if processor is None:
        return None
    return {"sql": processor(default.arg)}


# --- enum types -------------------------------------------------------------------------------------------------------


def collect_enum(type_, enums):
    type_ = unwrap(type_)
    if isinstance(type_, sqltypes.ARRAY):
        collect_enum(type_.item_type, enums)
    elif isinstance(type_, sqltypes.Enum) and type_.native_enum:
        enums[(type_.schema, type_.name)] = {
            "schema": namespace(type_.schema),
            "name": type_.name,
            "labels": list(type_.enums),
            "comment": None,
            "extension": None,
        }


# --- sequences --------------------------------------------------------------------------------------------------------


def sequence_of(sequence: Sequence):
    return {
        "schema": namespace(sequence.schema),
        "name": sequence.name,
        "type": "bigint" if sequence.data_type is None else type_of(sequence.data_type)["name"],
        "options": sequence_options(sequence),
        "ownedBy": None,
        "extension": None,
    }


def sequence_options(options):
    names = ("start", "increment", "minvalue", "maxvalue", "cache")
    result = {name: str(getattr(options, name)) for name in names if getattr(options, name) is not None}
    if options.cycle is not None:
        result["cycle"] = "true" if options.cycle else "false"
    return result


main()
