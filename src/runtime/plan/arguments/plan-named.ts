import { type Class, nameOf } from '../../declarations/class.js';
import { isFieldName } from '../../http/header-fields.js';
import { scalarTypeOf } from '../../types/scalar-type.js';
import { isSchema } from '../../types/standard-schema.js';
import type { NamedArgumentPlan, TypePlan, UnknownProperties } from '../app-plan.js';
import { type Parameter, type PlanArgument, rejectType } from './parameter.js';
import { planDtoType, planDtoUse } from './plan-dto-argument.js';

type Kind = NamedArgumentPlan['kind'];

/** Plans a value of the path, the query, the headers or the cookies, or, without a name, all of them. */
export const planNamed: PlanArgument<NamedArgumentPlan> = (parameter) => {
  const { name, options, hasDefault, source } = parameter.record;
  const kind = source as Kind;
  if (name === undefined) return planWhole(parameter, kind);
  checkName(kind, name, parameter);
  const param = kind === 'path' ? findPathParam(name, parameter) : undefined;
  const isOptional =
    options.optional === true ||
    (kind === 'path' ? param?.isOptional === true && hasDefault : hasDefault && options.required !== true);
  const { separator } = options;
  return {
    kind,
    name,
    type: planValueType(parameter),
    ...(kind === 'path' && { param: param?.index ?? null }),
    ...(isOptional && { isOptional }),
    ...(separator !== undefined && separator !== '' && { separator }),
  };
};

/** Adds the mistake that no request can have a value of this name. */
function checkName(kind: Kind, name: string, { mistakes }: Parameter): void {
  if (kind === 'header' && !isFieldName(name)) {
    mistakes.add(
      'invalid-name',
      `no request has a header ${JSON.stringify(name)}: HTTP allows no such name. Correct it.`,
    );
  } else if (kind === 'cookie' && /[=;]|^$|^\s|\s$/.test(name)) {
    mistakes.add('invalid-name', `no request has a cookie ${JSON.stringify(name)}: no name can be so. Correct it.`);
  }
}

/** The parameter of a path; undefined where another path of the method has it, or where it is a mistake. */
function findPathParam(
  name: string,
  { route, mistakes }: Parameter,
): { readonly index: number; readonly isOptional: boolean } | undefined {
  const { params } = route.pattern;
  const index = params.findIndex((param) => param.name === name);
  if (index !== -1) return { index, isOptional: params[index]!.isOptional };
  // Where a method has several paths, one of them may lack what the others have.
  if (route.methodParams?.has(name) ?? true) return undefined;
  const known = params.map((param) => `"${param.name}"`).join(', ');
  mistakes.add(
    'unknown-path-parameter',
    `the path ${route.path} has no parameter "${name}"${known === '' ? '' : `, only ${known}`}. Correct the name or the path.`,
  );
  return undefined;
}

/** The type of one value, or of a list of values. */
function planValueType(parameter: Parameter): TypePlan {
  const { type } = parameter;
  const isList = Array.isArray(type);
  const single: unknown = isList && type.length === 1 ? type[0] : type;
  const planned = isSchema(single) ? 'schema' : scalarTypeOf(single);
  if (planned === undefined) {
    rejectType(parameter, 'Number');
    return 'string';
  }
  return isList ? { list: planned } : planned;
}

function planWhole(parameter: Parameter, kind: Kind): NamedArgumentPlan {
  const { record, type } = parameter;
  if (isSchema(type)) return { kind, type: 'schema' };
  if (type === undefined || type === Object) return { kind, type: 'any' };
  if (typeof type !== 'function' || type === Array || scalarTypeOf(type) !== undefined) {
    const name = Array.isArray(type) ? 'a list' : nameOf(type);
    parameter.mistakes.add(
      'name-missing',
      `without a name it binds all values, which cannot be converted to ${name}. Name the value: ${record.decorator}('name').`,
    );
    return { kind, type: 'any' };
  }
  const unknownProperties = unknownPropertiesOf(parameter, kind);
  return {
    kind,
    type: planDtoType(parameter, type as Class, true),
    ...(unknownProperties !== undefined && { unknownProperties }),
    ...planDtoUse(parameter),
  };
}

/** Every client sends headers and cookies that no class declares: what the app says of unknown names does not count. */
function unknownPropertiesOf({ record, unknownProperties }: Parameter, kind: Kind): UnknownProperties | undefined {
  return record.options.unknownProperties ?? (kind === 'header' || kind === 'cookie' ? undefined : unknownProperties);
}
