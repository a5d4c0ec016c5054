/** The part of the page that makes requests of what somebody has typed in, and shows their replies. */
export const pageRequest = `function operationForm(path, method, operation) {
  const form = el('form', { noValidate: true });
  const inputs = (operation.parameters || []).map((parameter) => {
    const schema = resolve(parameter.schema);
    const choices = schema.enum || ([].concat(schema.type).includes('boolean') ? [true, false] : undefined);
    const input = choices
      ? el('select', {}, parameter.required ? undefined : el('option', { value: '', textContent: '' }), ...choices.map((value) => el('option', { value, textContent: value })))
      : el('input', { type: 'text', value: parameter.required ? String(example(schema)) : '', placeholder: typeText(schema) });
    input.setAttribute('aria-label', parameter.in + ' ' + parameter.name);
    form.append(el('h3', {}, el('code', { className: parameter.required ? 'required' : '', textContent: parameter.name }), ' ' + parameter.in, el('small', { textContent: ' ' + typeText(parameter.schema) + ' ' + limitsText(schema) })), parameter.description ? el('p', { textContent: parameter.description }) : '', input);
    return { parameter, schema, input };
  });
  const body = operation.requestBody ? bodyInput(operation.requestBody, form) : undefined;
  const reply = el('div', { className: 'reply' });
  reply.setAttribute('role', 'status');
  form.append(el('p', {}, el('button', { type: 'submit', textContent: 'Send' })), reply, el('h3', { textContent: 'Replies' }), responsesView(operation.responses));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    send(requestOf(path, method, inputs, body, operation), reply);
  });
  return el('div', {}, operation.description ? el('p', { textContent: operation.description }) : '', form);
}

function bodyInput(requestBody, form) {
  const types = Object.keys(requestBody.content).filter((type, i) => i === 0 || !type.includes('*'));
  const select = el('select', {}, ...types.map((type) => el('option', { value: type, textContent: type })));
  select.setAttribute('aria-label', 'content type');
  const place = el('div');
  const state = { select, read: () => undefined };
  const change = () => {
    const schema = requestBody.content[select.value].schema || {};
    const full = resolve(schema);
    const properties = Object.entries(Object.assign({}, full.properties, ...(full.allOf || []).map((each) => resolve(each).properties)));
    place.replaceChildren();
    if (select.value === 'application/x-www-form-urlencoded' || select.value === 'multipart/form-data') {
      const fields = properties.map(([name, each]) => {
        const one = resolve(each);
        const isFile = one.format === 'binary' || (one.items && one.items.format === 'binary');
        const input = isFile ? el('input', { type: 'file', multiple: one.type === 'array' }) : el('input', { type: 'text', placeholder: typeText(each) });
        place.append(el('label', {}, el('code', { textContent: name }), input));
        return { name, input, isFile };
      });
      state.read = () => formOf(fields, select.value);
      return;
    }
    const isBinary = full.format === 'binary';
    const sample = select.value === 'text/plain' ? '' : JSON.stringify(example(schema), null, 2);
    const input = isBinary ? el('input', { type: 'file' }) : el('textarea', { value: sample, spellcheck: false });
    input.setAttribute('aria-label', 'body');
    place.append(input, el('details', {}, el('summary', { textContent: 'schema' }), schemaView(schema)));
    state.read = () => (isBinary ? input.files[0] : input.value);
  };
  select.addEventListener('change', change);
  change();
  form.append(el('h3', { className: requestBody.required ? 'required' : '', textContent: 'Body' }), select, place);
  return state;
}

function formOf(fields, type) {
  const data = type === 'multipart/form-data' ? new FormData() : new URLSearchParams();
  for (const { name, input, isFile } of fields) {
    if (isFile) for (const file of input.files) data.append(name, file);
    else if (input.value !== '') data.append(name, input.value);
  }
  return data;
}

const SEPARATORS = { form: ',', pipeDelimited: '|', spaceDelimited: ' ' };

function requestOf(path, method, inputs, body, operation) {
  const headers = new Headers();
  const query = new URLSearchParams();
  let target = path;
  for (const { parameter, schema, input } of inputs) {
    const { name } = parameter;
    if (parameter.in === 'path') target = target.replace('{' + name + '}', encodeURIComponent(input.value));
    else if (input.value === '') continue;
    else if (parameter.in === 'header') headers.set(name, input.value);
    else if (parameter.in === 'cookie') document.cookie = name + '=' + encodeURIComponent(input.value) + '; path=/';
    else if ([].concat(schema.type).includes('array')) {
      const items = input.value.split(',').map((item) => item.trim());
      if (parameter.explode === false) query.append(name, items.join(SEPARATORS[parameter.style] || ','));
      else for (const item of items) query.append(name, item);
    } else query.append(name, input.value);
  }
  for (const name of (operation.security || []).flatMap((each) => Object.keys(each))) {
    const scheme = ((api.components || {}).securitySchemes || {})[name];
    const value = credentials.get(name);
    if (!scheme || !value) continue;
    if (scheme.type === 'apiKey' && scheme.in === 'header') headers.set(scheme.name, value);
    else if (scheme.type === 'apiKey' && scheme.in === 'query') query.append(scheme.name, value);
    else if (scheme.type === 'http' && scheme.scheme.toLowerCase() === 'basic') headers.set('authorization', 'Basic ' + btoa(String.fromCharCode(...new TextEncoder().encode(value))));
    else if (scheme.type !== 'apiKey') headers.set('authorization', 'Bearer ' + value);
  }
  const server = api.servers && api.servers[0] ? new URL(api.servers[0].url.replace(/\\/?$/, '/'), base) : base;
  const url = new URL(target.slice(1), server);
  url.search = String(query);
  const content = body && body.read();
  if (body && (typeof content === 'string' || content instanceof Blob)) headers.set('content-type', body.select.value);
  return { url, init: { method: method.toUpperCase(), headers, ...(content !== undefined && { body: content }) } };
}

async function send({ url, init }, place) {
  const line = el('div', { textContent: init.method + ' ' + url.pathname + url.search });
  try {
    const response = await fetch(url, init);
    const blob = await response.blob();
    const isText = /^text\\/|[/+](?:json|xml|javascript)|x-www-form/.test(blob.type);
    let text = isText ? await blob.text() : blob.size === 0 ? '' : blob.size + ' bytes of ' + (blob.type || 'an unknown type');
    if (/[/+]json/.test(blob.type)) try { text = JSON.stringify(JSON.parse(text), null, 2); } catch {}
    const headers = [...response.headers].map((header) => header.join(': ')).join('\\n');
    place.replaceChildren(line,
      el('div', { className: 'status ' + (response.ok ? 'ok' : 'failed'), textContent: response.status + ' ' + response.statusText + (response.redirected ? ' after a redirect to ' + response.url : '') }),
      el('details', {}, el('summary', { textContent: 'headers' }), el('pre', { textContent: headers })),
      text === '' ? '' : el('pre', { className: 'body', textContent: text }),
      !isText && blob.size > 0 ? el('a', { href: URL.createObjectURL(blob), download: '', textContent: 'Save' }) : '');
  } catch (error) {
    place.replaceChildren(line, el('div', { className: 'status failed', textContent: 'No reply: ' + error.message }));
  }
}`;
