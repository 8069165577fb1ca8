"""The style sheet of the HTML report: four meanings of colour, in light and in dark."""

STYLE = """
:root { color-scheme: light dark; --good: #1d7a47; --attention: #8f5b00; --broken: #b72c2c; --quiet: #646c76;
  --ground: #fafaf7; --text: #20252c; --panel: #f1f1ec; --line: #d5d7d1; --here: #1b62b0; }
@media (prefers-color-scheme: dark) { :root { --good: #77c79a; --attention: #e3b45c; --broken: #f78b8e;
  --quiet: #929dad; --ground: #14181f; --text: #d6dce5; --panel: #1a1f28; --line: #2b3340; --here: #8fc1ff; } }
* { box-sizing: border-box; }
body { margin: 2rem auto; max-width: 60rem; padding: 0 1rem; background: var(--ground); color: var(--text);
  font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 1.6rem; margin-bottom: 0; } h2 { font-size: 1.15rem; margin-top: 2rem; }
.verdict { font-size: 1.25rem; margin: .5rem 0; } a { color: var(--here); }
.good { color: var(--good); } .attention { color: var(--attention); } .broken { color: var(--broken); }
.good, .attention, .broken { font-weight: 600; white-space: nowrap; } .quiet { color: var(--quiet); }
table { border-collapse: collapse; width: 100%; } td, th { text-align: left; vertical-align: top;
  padding: .35rem .75rem .35rem 0; border-bottom: 1px solid var(--line); } th { color: var(--quiet); }
td b { font-weight: inherit; white-space: nowrap; }
pre { background: var(--panel); padding: .75rem 1rem; white-space: pre-wrap; border-radius: .3rem; }
pre, code { font: .9rem/1.5 ui-monospace, monospace; } dl { display: grid; grid-template-columns: 6rem 1fr;
  gap: .25rem 1rem; } dt { color: var(--quiet); } dd { margin: 0; } summary { cursor: pointer; padding: .3rem 0; }
article + article { margin-top: 3rem; border-top: 2px solid var(--line); }
@media print { body { margin: 0; max-width: none; } }
"""
