/** The view of macros that draw the fields of a form. */
export const FORMS_VIEW_NAME = 'twodoors/forms.html';

/** The source of a view that comes with twodoors; undefined for any other. An app may have its own of the same name. */
export function builtInView(name: string): string | undefined {
  return name === FORMS_VIEW_NAME ? FORMS_VIEW : undefined;
}

/**
 * Each macro takes the form first, then the field's name and label. What a field has beside them is named: `type`, `value`
 * for what stands in it before anything was typed, `help` for a text below it, `attrs` for further attributes (of which
 * `true` is written alone, and `false` not at all).
 */
const FORMS_VIEW = `
{%- macro attributes(attrs) -%}
{%- for name, value in attrs %}{% if value === true %} {{ name }}{% elif value !== false and value !== none and value !== undefined %} {{ name }}="{{ value }}"{% endif %}{% endfor -%}
{%- endmacro -%}

{%- macro described(form, name, help, invalid=true) -%}
{%- set message = form.error(name) -%}
{%- set ids = [] -%}
{%- if message %}{% set ids = ids.concat(form.id(name) + '-error') %}{% endif -%}
{%- if help %}{% set ids = ids.concat(form.id(name) + '-help') %}{% endif -%}
{%- if message and invalid %} aria-invalid="true"{% endif -%}
{%- if ids.length %} aria-describedby="{{ ids | join(' ') }}"{% endif -%}
{%- endmacro -%}

{%- macro notes(form, name, help) -%}
{%- if help %}<small class="field-help" id="{{ form.id(name) }}-help">{{ help }}</small>{% endif -%}
{{ error(form, name) }}
{%- endmacro -%}

{%- macro error(form, name) -%}
{%- set message = form.error(name) -%}
{%- if message %}<span class="field-error" id="{{ form.id(name) }}-error">{{ message }}</span>{% endif -%}
{%- endmacro -%}

{%- macro field(form, name, label, type='text', value='', required=false, help='', attrs={}) -%}
<div class="field{% if form.error(name) %} field-invalid{% endif %}">
<label for="{{ form.id(name) }}">{{ label }}</label>
<input type="{{ type }}" id="{{ form.id(name) }}" name="{{ name }}"
{%- if type !== 'password' and type !== 'file' %} value="{{ form.value(name, value) }}"{% endif -%}
{%- if required %} required{% endif -%}
{{ described(form, name, help) }}{{ attributes(attrs) }}>
{{ notes(form, name, help) }}
</div>
{%- endmacro -%}

{%- macro password(form, name, label, required=false, help='', attrs={}) -%}
{{ field(form, name, label, type='password', required=required, help=help, attrs=attrs) }}
{%- endmacro -%}

{%- macro file(form, name, label, required=false, multiple=false, help='', attrs={}) -%}
<div class="field{% if form.error(name + '[]') %} field-invalid{% endif %}">
<label for="{{ form.id(name) }}">{{ label }}</label>
<input type="file" id="{{ form.id(name) }}" name="{{ name }}"{% if multiple %} multiple{% endif %}{% if required %} required{% endif -%}
{{ described(form, name + '[]', help) }}{{ attributes(attrs) }}>
{{ notes(form, name + '[]', help) }}
</div>
{%- endmacro -%}

{%- macro textarea(form, name, label, value='', required=false, help='', attrs={}) -%}
<div class="field{% if form.error(name) %} field-invalid{% endif %}">
<label for="{{ form.id(name) }}">{{ label }}</label>
<textarea id="{{ form.id(name) }}" name="{{ name }}"{% if required %} required{% endif -%}
{{ described(form, name, help) }}{{ attributes(attrs) }}>
{{ form.value(name, value) }}</textarea>
{{ notes(form, name, help) }}
</div>
{%- endmacro -%}

{%- macro option(value, text, chosen) -%}
<option value="{{ value }}"{% if chosen %} selected{% endif %}>{{ text }}</option>
{%- endmacro -%}

{%- macro is_chosen(chosen, value, multiple) -%}
{%- if multiple %}{% for each in chosen %}{% if each | string == value | string %}1{% endif %}{% endfor %}{% elif chosen | string == value | string %}1{% endif -%}
{%- endmacro -%}

{%- macro select(form, name, label, options, value='', multiple=false, required=false, help='', attrs={}) -%}
{%- set spelled = name + '[]' if multiple else name -%}
{%- set chosen = form.value(name, value) -%}
<div class="field{% if form.error(spelled) %} field-invalid{% endif %}">
<label for="{{ form.id(name) }}">{{ label }}</label>
<select id="{{ form.id(name) }}" name="{{ name }}"{% if multiple %} multiple{% endif %}{% if required %} required{% endif -%}
{{ described(form, spelled, help) }}{{ attributes(attrs) }}>
{% for each in options %}{% set own = each[0] if each is iterable and each is not string else each %}{% set text = each[1] if each is iterable and each is not string else each -%}
{{ option(own, text, is_chosen(chosen, own, multiple).length > 0) }}
{% endfor %}</select>
{{ notes(form, spelled, help) }}
</div>
{%- endmacro -%}

{%- macro checkbox(form, name, label, checked=false, help='', attrs={}) -%}
{%- set sent = form.value(name, checked) -%}
<div class="field field-checkbox{% if form.error(name) %} field-invalid{% endif %}">
<input type="checkbox" id="{{ form.id(name) }}" name="{{ name }}" value="true"
{%- if sent === true or sent === 'true' or sent === 'on' or sent === '1' %} checked{% endif -%}
{{ described(form, name, help) }}{{ attributes(attrs) }}>
<input type="hidden" name="{{ name }}" value="false">
<label for="{{ form.id(name) }}">{{ label }}</label>
{{ notes(form, name, help) }}
</div>
{%- endmacro -%}

{%- macro radios(form, name, label, options, value='', required=false, help='', attrs={}) -%}
{%- set chosen = form.value(name, value) -%}
<fieldset role="radiogroup" class="field field-radios{% if form.error(name) %} field-invalid{% endif %}"{{ described(form, name, help) }}>
<legend>{{ label }}</legend>
{% for each in options %}{% set own = each[0] if each is iterable and each is not string else each %}{% set text = each[1] if each is iterable and each is not string else each -%}
<label><input type="radio" name="{{ name }}" value="{{ own }}"{% if is_chosen(chosen, own, false).length > 0 %} checked{% endif %}{% if required %} required{% endif %}{{ attributes(attrs) }}> {{ text }}</label>
{% endfor %}{{ notes(form, name, help) }}
</fieldset>
{%- endmacro -%}

{%- macro checkboxes(form, name, label, options, value=[], help='', attrs={}) -%}
{%- set chosen = form.value(name, value) -%}
<fieldset class="field field-checkboxes{% if form.error(name + '[]') %} field-invalid{% endif %}"{{ described(form, name + '[]', help, invalid=false) }}>
<legend>{{ label }}</legend>
{% for each in options %}{% set own = each[0] if each is iterable and each is not string else each %}{% set text = each[1] if each is iterable and each is not string else each -%}
<label><input type="checkbox" name="{{ name }}" value="{{ own }}"{% if is_chosen(chosen, own, true).length > 0 %} checked{% endif %}{{ attributes(attrs) }}> {{ text }}</label>
{% endfor %}{{ notes(form, name + '[]', help) }}
</fieldset>
{%- endmacro -%}

{%- macro summary(form, title='Please correct this:') -%}
{%- set mistakes = form.unshown() -%}
{%- if mistakes.length -%}
<div class="form-summary" role="alert"><p>{{ title }}</p><ul>
{%- for mistake in mistakes %}<li>{% if mistake.name %}{{ mistake.name }}: {% endif %}{{ mistake.message }}</li>{% endfor -%}
</ul></div>
{%- endif -%}
{%- endmacro -%}
`;
