/** The style sheet of the page. */
export const pageStyle = `:root { color-scheme: light dark; --line: #8884; --soft: #8881; --accent: #2563eb; }
* { box-sizing: border-box; }
body { font: 16px/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 60rem; padding: 1rem; }
header { border-bottom: 1px solid var(--line); margin-bottom: 1rem; padding-bottom: 1rem; }
h1 { margin: 0; } h1 small { font-weight: normal; font-size: 1rem; opacity: .7; }
h2 { margin: 1.5rem 0 .5rem; font-size: 1.2rem; } h3 { margin: 1rem 0 .25rem; font-size: 1rem; }
#about { white-space: pre-line; }
details.operation { border: 1px solid var(--line); border-radius: .5rem; margin: .5rem 0; }
details.operation > summary { cursor: pointer; padding: .5rem .75rem; display: flex; gap: .75rem; align-items: baseline; flex-wrap: wrap; }
details.operation > div { border-top: 1px solid var(--line); padding: .75rem; }
.method { font: bold .8rem/1.4 ui-monospace, monospace; min-width: 4.5rem; text-align: center; border-radius: .25rem; color: #fff; background: #475569; padding: .1rem .4rem; }
.get { background: #1d4ed8; } .post { background: #15803d; } .put, .patch { background: #a16207; } .delete { background: #b91c1c; }
code, pre, textarea, .path { font-family: ui-monospace, monospace; font-size: .9rem; }
.deprecated .path { text-decoration: line-through; }
table { border-collapse: collapse; width: 100%; } th, td { text-align: left; vertical-align: top; padding: .25rem .5rem .25rem 0; }
td.name { white-space: nowrap; } .required::after { content: " *"; color: #dc2626; }
pre { background: var(--soft); border-radius: .35rem; margin: .25rem 0; overflow: auto; padding: .6rem; max-height: 30rem; }
input, select, textarea, button { font: inherit; padding: .3rem .5rem; border: 1px solid var(--line); border-radius: .35rem; background: Field; color: FieldText; }
input[type=text], input[type=password], textarea { width: 100%; } textarea { min-height: 9rem; }
button { background: var(--accent); border-color: var(--accent); color: #fff; cursor: pointer; padding: .4rem 1rem; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.reply { margin-top: .75rem; } .status { font-weight: bold; } .ok { color: #15803d; } .failed { color: #dc2626; }
@media (prefers-color-scheme: dark) { .ok { color: #4ade80; } .failed { color: #f87171; } }
`;
