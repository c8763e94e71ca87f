import { basesOf, findMember, mro, type Ancestor } from '../python/classes';
import type { Reading } from '../python/evaluate';
import { entryOf, stringAt, truth } from '../python/known';
import type { CallValue, ClassValue, Located, Value } from '../python/values';
import { text } from '../sqlalchemy/context';
import { calleeName, isFlaskExtension, nameOf, shortName } from '../sqlalchemy/names';
import { defaultConvention, readConvention, type NamingConvention } from '../sqlalchemy/naming';
import { message, type Message } from '../text/problem';
import type { Place } from '../text/text';

export type MappedClass = ClassValue & Located;

/** What a class is to SQLAlchemy. */
export type ClassRole =
  /** It holds the metadata; has no table. */
  | 'base'
  /** It has a table, or shares one. */
  | 'mapped'
  /** A mixin, an abstract class, or no model at all. */
  | 'none';

export type Flavour = 'declarative' | 'flask' | 'sqlmodel';

/** `MetaData(…)` as far as tables hang on it. */
export interface Metadata {
  readonly schema: string | null;
  /** True where the schema is given but not known. */
  readonly unknownSchema: boolean;
  readonly convention: NamingConvention;
}

export interface UnknownBase {
  readonly reason: Message;
  readonly at: Place | null;
}

/** Packages whose classes bring no columns, or whose columns are known: the standard library's, SQLAlchemy's, those of frameworks. */
const withoutColumns =
  /^(builtins|typing|typing_extensions|abc|enum|collections|dataclasses|functools|string|json|datetime|uuid|threading|contextlib|logging|operator|numbers|types|warnings|sqlalchemy|sqlmodel|flask_sqlalchemy|flask_login|pydantic|pydantic_core|attr|attrs|six)(\.|$)|^flask_appbuilder\.(\w+\.)*Model$/;

/** Finds out which classes are mapped, and by what. Remembers its answers. */
export class MappedClasses {
  private readonly roles = new Map<ClassValue, ClassRole>();

  constructor(private readonly reading: Reading) {}

  roleOf(type: MappedClass): ClassRole {
    const known = this.roles.get(type);
    if (known !== undefined) return known;
    this.roles.set(type, 'none');
    const role = this.findRole(type);
    this.roles.set(type, role);
    return role;
  }

  private findRole(type: MappedClass): ClassRole {
    if (isDirectBase(type)) return 'base';
    const ancestors = mro(type).slice(1);
    if (this.isAbstract(type)) return 'none';
    if (flavourOf(type) === 'sqlmodel') {
      const table = type.keywords.get('table');
      return table !== undefined && truth(table) === true ? 'mapped' : 'none';
    }
    if (type.decorators.some(isMappingDecorator)) return 'mapped';
    const declarative = ancestors.some((ancestor) => isDeclarativeAncestor(ancestor) || (ancestor.kind === 'class' && isDirectBase(ancestor)));
    return declarative || this.isMappedElsewhere(type) ? 'mapped' : 'none';
  }

  /** Its base is one of another package, or could not be read; but it names its table. */
  private isMappedElsewhere(type: MappedClass): boolean {
    const name = findMember(type, '__tablename__')?.member.value ?? null;
    const table = type.members.get('__table__')?.value ?? null;
    if ((name === null || name.kind === 'none' || name.kind === 'function') && (table === null || calleeName(table) !== 'sa.Table')) return false;
    return this.unknownBases(type).length > 0;
  }

  private isAbstract(type: MappedClass): boolean {
    const member = type.members.get('__abstract__')?.value;
    return member !== undefined && member !== null && truth(member) === true;
  }

  /** The nearest ancestor that is mapped itself: what the class inherits from in the sense of the ORM. */
  mappedParent(type: MappedClass): MappedClass | null {
    for (const ancestor of mro(type).slice(1)) {
      if (ancestor.kind === 'class' && this.roleOf(ancestor as MappedClass) === 'mapped') return ancestor as MappedClass;
    }
    return null;
  }

  /** The bases that could not be read: columns that they have are missing. */
  unknownBases(type: MappedClass): readonly UnknownBase[] {
    return mro(type).flatMap((ancestor): readonly UnknownBase[] => {
      if (ancestor.kind === 'external' && !withoutColumns.test(ancestor.name)) return [{ reason: message('{base} is not part of the workspace.', { base: ancestor.name }), at: null }];
      return ancestor.kind === 'unknown' && ancestor.value.kind === 'unknown' ? [{ reason: ancestor.value.reason, at: ancestor.value.at }] : [];
    });
  }

  metadataOf(type: MappedClass): Metadata {
    return this.readMetadata(this.metadataValue(type));
  }

  /** The entries of `type_annotation_map`, the nearest first. */
  annotationMap(type: MappedClass): readonly (readonly [Value, Value])[] {
    const found: (readonly [Value, Value])[] = [];
    const add = (value: Value | null | undefined): void => {
      if (value?.kind === 'dict') found.push(...value.entries);
    };
    add(findMember(type, 'type_annotation_map')?.member.value);
    add(registryOf(type)?.keywords.get('type_annotation_map'));
    for (const ancestor of mro(type)) {
      const call = ancestor.kind === 'unknown' ? ancestor.value : null;
      if (call?.kind === 'call') {
        add(call.keywords.get('type_annotation_map'));
        if (call.callee.kind === 'attribute' && call.callee.object.kind === 'call') add(call.callee.object.keywords.get('type_annotation_map'));
      }
    }
    return found;
  }

  /** The value of the metadata that a class's table goes to; null: SQLAlchemy's plain default. */
  private metadataValue(type: MappedClass): Value | null {
    const own = findMember(type, 'metadata')?.member.value ?? null;
    if (own !== null && own.kind !== 'function') return own;
    const registry = registryOf(type);
    if (registry?.keywords.get('metadata') !== undefined) return registry.keywords.get('metadata') ?? null;
    for (const ancestor of mro(type)) {
      if (ancestor.kind === 'external' && ancestor.name.startsWith('sqlmodel.')) return { kind: 'symbol', name: 'sqlmodel.SQLModel.metadata', at: type.at };
      if (ancestor.kind !== 'unknown') continue;
      const { value } = ancestor;
      if (value.kind === 'call' || value.kind === 'attribute') return { kind: 'attribute', object: value, name: 'metadata', at: value.at };
    }
    return null;
  }

  /** Reads what a value used as metadata says: `MetaData(…)`, `Base.metadata`, `db.metadata`, `registry.metadata`. */
  readMetadata(value: Value | null): Metadata {
    const call = this.metadataCall(value, 0);
    const schema = call === null ? undefined : text(call.keywords.get('schema') ?? call.args[0]);
    const convention = this.assignedConvention(value, call) ?? call?.keywords.get('naming_convention');
    return {
      schema: typeof schema === 'string' && schema !== 'public' ? schema : null,
      unknownSchema: schema === null,
      convention: convention === undefined ? defaultConvention : readConvention(convention),
    };
  }

  private metadataCall(value: Value | null, depth: number): (CallValue & Located) | null {
    if (value === null || depth > 8) return null;
    if (value.kind === 'call') {
      if (calleeName(value) === 'sa.MetaData' || (value.callee.kind === 'class' && descendsFromMetadata(value.callee))) return value;
      if (isFlaskExtension(value)) return this.flaskMetadata(value, depth);
      // registry(metadata=…).generate_base()
      if (value.callee.kind === 'attribute' && value.callee.name === 'generate_base') return this.metadataCall(value.callee.object, depth + 1);
      const given = value.keywords.get('metadata');
      return given === undefined ? null : this.metadataCall(given, depth + 1);
    }
    if (value.kind !== 'attribute' || value.name !== 'metadata') return null;
    const { object } = value;
    if (object.kind === 'class') return this.metadataCall(this.metadataValue(object), depth + 1);
    if (object.kind === 'call') return this.metadataCall(object, depth + 1);
    if (object.kind === 'attribute' && object.name === 'Model') return this.metadataCall(object.object, depth + 1);
    if (object.kind === 'attribute' && object.name === 'generate_base') return this.metadataCall(object.object, depth + 1);
    return null;
  }

  private flaskMetadata(extension: CallValue, depth: number): (CallValue & Located) | null {
    const given = extension.keywords.get('metadata');
    if (given !== undefined) return this.metadataCall(given, depth + 1);
    const model = extension.keywords.get('model_class');
    return model?.kind === 'class' ? this.metadataCall(this.metadataValue(model), depth + 1) : null;
  }

  /** `SQLModel.metadata.naming_convention = {…}` somewhere in the modules that were read. */
  private assignedConvention(value: Value | null, call: CallValue | null): Value | undefined {
    if (value === null) return undefined;
    for (const module of this.reading.loaded) {
      for (const assignment of module.attributes) {
        if (assignment.name !== 'naming_convention') continue;
        const { object } = assignment;
        const same =
          (object.kind === 'symbol' && value.kind === 'symbol' && shortName(object.name) === shortName(value.name)) ||
          (call !== null && (object === call || this.metadataCall(object, 0) === call)) ||
          (object.kind === 'attribute' && value.kind === 'attribute' && object.object === value.object);
        if (same) return assignment.value;
      }
    }
    return undefined;
  }
}

/** `Base` itself: a direct subclass of `DeclarativeBase`, a class decorated with `as_declarative`, one with the declarative metaclass. */
function isDirectBase(type: ClassValue): boolean {
  if (basesOf(type).some((base) => base.kind === 'external' && /^orm\.(DeclarativeBase|DeclarativeBaseNoMeta)$/.test(shortName(base.name)))) return true;
  if (type.decorators.some((decorator) => (nameOf(decorator) ?? calleeName(decorator)) === 'orm.as_declarative' || isRegistryCall(decorator, 'as_declarative_base'))) return true;
  const metaclass = type.keywords.get('metaclass');
  return metaclass !== undefined && nameOf(metaclass) === 'orm.DeclarativeMeta';
}

/** `declarative_base()`, `registry.generate_base()`, `db.Model`, `declarative_base(cls=…)` as a base. */
function isDeclarativeAncestor(ancestor: Ancestor): boolean {
  if (ancestor.kind === 'external') return shortName(ancestor.name) === 'flask.Model' || /^flask_appbuilder\.(\w+\.)*Model$/.test(ancestor.name);
  if (ancestor.kind !== 'unknown') return false;
  const { value } = ancestor;
  if (nameOf(value) === 'flask.Model') return true;
  if (value.kind !== 'call') return false;
  return calleeName(value) === 'orm.declarative_base' || (value.callee.kind === 'attribute' && value.callee.name === 'generate_base');
}

/** `@mapper_registry.mapped`, `@mapper_registry.mapped_as_dataclass` */
function isMappingDecorator(decorator: Value): boolean {
  if (decorator.kind === 'call') return isMappingDecorator(decorator.callee);
  return decorator.kind === 'attribute' && (decorator.name === 'mapped' || decorator.name === 'mapped_as_dataclass');
}

function isRegistryCall(decorator: Value, name: string): boolean {
  const callee = decorator.kind === 'call' ? decorator.callee : decorator;
  return callee.kind === 'attribute' && callee.name === name;
}

/** The `registry(…)` that a class or its decorator names. */
function registryOf(type: ClassValue): (CallValue & Located) | null {
  const named = findMember(type, 'registry')?.member.value;
  if (named?.kind === 'call') return named;
  for (const decorator of type.decorators) {
    const callee = decorator.kind === 'call' ? decorator.callee : decorator;
    if (callee.kind === 'attribute' && callee.object.kind === 'call') return callee.object;
  }
  return null;
}

function descendsFromMetadata(type: ClassValue): boolean {
  return mro(type).some((ancestor) => ancestor.kind === 'external' && shortName(ancestor.name) === 'sa.MetaData');
}

export function flavourOf(type: ClassValue): Flavour {
  for (const ancestor of mro(type)) {
    if (ancestor.kind === 'external' && shortName(ancestor.name) === 'sqlmodel.SQLModel') return 'sqlmodel';
    if (ancestor.kind === 'unknown' && nameOf(ancestor.value) === 'flask.Model') return 'flask';
  }
  return 'declarative';
}

/** The entry of a dict under a text key. */
export function entry(dict: Value, key: string): Value | undefined {
  return dict.kind === 'dict' ? (entryOf(dict, stringAt(key, dict.at)) ?? undefined) : undefined;
}
