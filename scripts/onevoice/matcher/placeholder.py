"""What a program fills in before anyone reads a text: merge tags of mails, expressions of templates, footnotes."""

from __future__ import annotations

import re

# What a program fills in: {{ name }}, {% if name %}, {# note #}, <% name %>, [% name %], %%name%%, %name%, *|NAME|*,
# ${name}, $[name], {name}, {name!r:>9}, {!name}, {$name}, {if $name}, {/if}, &name;, <<name>>, ##name##, [^name],
# [[name]], [name,fallback=there], ~name~, $$name$$, %%=v(name)=%%, %%[ SET name ]%%, <#if name>, {#if name}. Each ends
# before the next one begins.
_PLACEHOLDER = re.compile(
    r"\{\{(?:[^{}]|\{(?!\{)|\}(?!\})){1,400}\}\}|\{%(?:[^%{]|%(?!\})|\{(?!%)){1,400}%\}"
    r"|\{#(?=\s)(?:[^#{]|#(?!\})|\{(?!#)){1,400}#\}|<%(?:[^%<]|%(?!>)|<(?!%)){1,400}%>"
    r"|\[%(?:[^%\[]|%(?!\])|\[(?!%)){1,400}%\]|%%[\w.-]{1,80}%%"
    r"|(?<![\w%])%[A-Za-z_]\w{0,80}%(?!\w)|\*\|[^|\n]{1,120}\|\*"
    r"|[$#]?\{[A-Za-z_$][\w.$-]{0,80}(?:\[[\w.]{0,40}\])?(?:![rsa])?(?::[^{}\s]{0,40})?\}|\{[!$]\w[^{}\n]{0,200}\}"
    r"|\{(?:else ?)?(?:if|foreach|include|assign|section)\s(?=[^{}\n]{0,200}\$)[^{}\n]{0,200}\}|\{/[A-Za-z]\w{0,40}\}"
    r"|&[A-Za-z][\w.-]{0,80};"
    r"|\$\{[^{}\n]{1,200}\}|\{[#@:/](?:if|each|await|key|else|then|html|const|render)\b[^{}\n]{0,200}\}"
    r"|%%=(?:[^%\n]|%(?!%)){1,400}=%%|%%\[(?:[^%]|%(?!%)){1,400}\]%%|</?[#@][A-Za-z][^<>\n]{0,200}>"
    r"|(?<![\w~])~[A-Za-z_]\w{0,80}~(?![\w~])|\$\$\w{1,80}\$\$"
    r"|\$\[[\w.-]{1,80}(?:\|[^\[\]\n]{0,80})?\]|<<[A-Za-z_][\w. -]{0,80}>>|##[\w.-]{1,80}##|\[\^[\w.-]{1,80}\]"
    r"|\[\[[^\[\]|\n]{1,120}(?:\]\]|\|)|\[[\w. ]{1,60}, ?fallback=[^\[\]\n]{0,120}\]"
)


def find_placeholders(text: str) -> list[tuple[int, int]]:
    """Their ranges, in order and apart."""
    return [match.span() for match in _PLACEHOLDER.finditer(text)]
