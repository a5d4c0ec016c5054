import { pageRequest } from './page-request.js';

/** What shows an OpenAPI document, and tries its operations. It makes elements and never HTML of what a document says. */
export const pageScript = `'use strict';
const own = document.currentScript;
const base = new URL(own.dataset.base, location.href);
const source = new URL(own.dataset.document, location.href);
const $ = (id) => document.getElementById(id);
const credentials = new Map();
let api;

function el(name, properties, ...children) {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children.filter((child) => child !== undefined && child !== null));
  return element;
}

function resolve(schema) {
  if (!schema || typeof schema.$ref !== 'string') return schema || {};
  const found = schema.$ref.slice(2).split('/').reduce((part, name) => part && part[name], api);
  const { $ref, ...rest } = schema;
  return { ...found, ...rest };
}

const nameOf = (schema) => (schema && schema.$ref ? schema.$ref.split('/').pop() : undefined);

function typeText(schema) {
  if (nameOf(schema)) return nameOf(schema);
  if (!schema || Object.keys(schema).length === 0) return 'any';
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(' | ');
  const any = schema.oneOf || schema.anyOf;
  if (any && !any.every((each) => each.format)) return any.map(typeText).join(' | ');
  if (schema.allOf && !schema.type) return schema.allOf.map(typeText).join(' & ');
  const types = [].concat(schema.type || 'any');
  return types.map((type) => (type === 'array' ? typeText(schema.items) + '[]' : type + (schema.format && type !== 'null' ? ' (' + schema.format + ')' : ''))).join(' | ');
}

const LIMITS = ['default', 'minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf', 'minLength', 'maxLength', 'pattern', 'minItems', 'maxItems', 'uniqueItems'];
const limitsText = (schema) => LIMITS.filter((name) => schema[name] !== undefined).map((name) => name + ' ' + JSON.stringify(schema[name])).join(', ');

function example(schema, depth = 0) {
  const full = resolve(schema);
  if (full.default !== undefined) return full.default;
  if (full.const !== undefined) return full.const;
  if (full.enum) return full.enum[0];
  if (full.allOf && !full.type) return Object.assign({}, ...full.allOf.map((each) => example(each, depth)));
  const any = full.oneOf || full.anyOf;
  if (any && !full.type) return example(any[0], depth);
  const type = [].concat(full.type || (full.properties ? 'object' : 'any'))[0];
  if (type === 'object') {
    if (depth > 4) return {};
    const required = full.required || [];
    const names = Object.keys(full.properties || {}).filter((name) => required.includes(name) || (depth === 0 && !resolve(full.properties[name]).pattern));
    return Object.fromEntries(names.map((name) => [name, example(full.properties[name], depth + 1)]));
  }
  if (type === 'array') return depth > 4 ? [] : Array.from({ length: full.minItems || 1 }, () => example(full.items, depth + 1));
  if (type === 'integer' || type === 'number') return full.minimum !== undefined ? full.minimum : full.exclusiveMinimum !== undefined ? full.exclusiveMinimum + 1 : 1;
  if (type === 'boolean') return true;
  const formats = { 'date-time': '2026-01-31T12:00:00Z', date: '2026-01-31', email: 'ada@example.com', uuid: '123e4567-e89b-42d3-a456-426614174000', uri: 'https://example.com/', hostname: 'example.com', ipv4: '192.0.2.1', ipv6: '2001:db8::1' };
  const format = full.format || (any && any[0].format);
  return formats[format] || 'text'.padEnd(full.minLength || 0, '.').slice(0, full.maxLength);
}

function schemaView(schema, depth = 0) {
  const full = resolve(schema);
  const item = [].concat(full.type || '').includes('array') ? resolve(full.items) : full;
  const properties = Object.entries(item.properties || {});
  if (properties.length === 0 || depth > 3) return el('div', {}, el('code', { textContent: typeText(schema) }), ' ' + limitsText(full));
  const rows = properties.map(([name, each]) => {
    const inner = resolve(each);
    const isDeep = nameOf(each) || nameOf(inner.items);
    const isRequired = (item.required || []).includes(name);
    return el('tr', {},
      el('td', { className: 'name' + (isRequired ? ' required' : '') }, el('code', { textContent: name })),
      el('td', {}, el('code', { textContent: typeText(each) }), ' ' + limitsText(inner), inner.description ? el('div', { textContent: inner.description }) : '',
        isDeep ? el('details', {}, el('summary', { textContent: 'properties' }), schemaView(each, depth + 1)) : ''));
  });
  return el('div', {}, el('code', { textContent: typeText(schema) }), el('table', {}, el('tbody', {}, ...rows)));
}

${pageRequest}

function operationView(path, method, operation) {
  const summary = el('summary', {},
    el('span', { className: 'method ' + method, textContent: method.toUpperCase() }),
    el('span', { className: 'path', textContent: path }),
    el('span', { textContent: (operation.deprecated ? '(deprecated) ' : '') + (operation.summary || '') }));
  const view = el('details', { className: 'operation' + (operation.deprecated ? ' deprecated' : ''), id: operation.operationId || '' }, summary);
  view.dataset.text = (method + ' ' + path + ' ' + (operation.summary || '') + ' ' + operation.operationId).toLowerCase();
  view.addEventListener('toggle', () => {
    if (view.open && view.children.length === 1) view.append(operationForm(path, method, operation));
  });
  return view;
}

function responsesView(responses) {
  const rows = Object.entries(responses).map(([status, response]) => el('tr', {},
    el('td', { className: 'name' }, el('code', { textContent: status })),
    el('td', {}, response.description, ...Object.entries(response.content || {}).map(([type, media]) =>
      el('div', {}, el('small', { textContent: type + ' ' }), media.schema ? schemaView(media.schema, 1) : '')))));
  return el('table', {}, el('tbody', {}, ...rows));
}

function credentialsView(schemes) {
  const fields = Object.entries(schemes).map(([name, scheme]) => {
    const isBasic = scheme.type === 'http' && scheme.scheme.toLowerCase() === 'basic';
    if (scheme.type === 'apiKey' && scheme.in === 'cookie') return el('p', { textContent: name + ': the cookie ' + scheme.name + ', which your browser sends.' });
    const input = el('input', { type: 'password', autocomplete: 'off', placeholder: isBasic ? 'user:password' : 'token' });
    input.addEventListener('input', () => credentials.set(name, input.value));
    return el('label', {}, name + ' ', input);
  });
  return fields.length === 0 ? undefined : el('details', {}, el('summary', { textContent: 'Credentials' }), ...fields);
}

function show() {
  document.title = api.info.title;
  $('title').replaceChildren(api.info.title + ' ', el('small', { textContent: api.info.version }));
  $('about').textContent = api.info.description || '';
  const found = credentialsView((api.components || {}).securitySchemes || {});
  if (found) $('about').after(found);
  const groups = new Map((api.tags || []).map((tag) => [tag.name, []]));
  for (const [path, methods] of Object.entries(api.paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      const tag = (operation.tags || ['Operations'])[0];
      if (!groups.has(tag)) groups.set(tag, []);
      groups.get(tag).push(operationView(path, method, operation));
    }
  }
  $('operations').replaceChildren(...[...groups].filter(([, views]) => views.length > 0).map(([tag, views]) => el('section', {}, el('h2', { textContent: tag }), ...views)));
  const target = location.hash && $(decodeURIComponent(location.hash.slice(1)));
  if (target) target.open = true;
}

$('find').addEventListener('input', () => {
  const wanted = $('find').value.toLowerCase();
  for (const view of document.querySelectorAll('details.operation')) view.hidden = !view.dataset.text.includes(wanted);
  for (const section of document.querySelectorAll('section')) section.hidden = !section.querySelector('details.operation:not([hidden])');
});

fetch(source).then((response) => {
  if (!response.ok) throw new Error('it has the status ' + response.status);
  return response.json();
}).then((loaded) => { api = loaded; show(); }).catch((error) => {
  $('operations').replaceChildren(el('p', { className: 'failed', textContent: 'The document ' + source + ' cannot be loaded: ' + error.message }));
});
`;
