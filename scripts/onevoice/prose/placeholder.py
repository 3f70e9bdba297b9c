"""What a program fills in or runs before anyone reads a text: names in braces, scriptlets, merge tags."""

from __future__ import annotations

import re

# Names in braces, as mails and programs fill them in: {first_name}, ${company}, #{user.name}, {user!r:>10}; and what
# Salesforce ({!Contact.Name}) and Smarty ({if $name}, {$name|escape}, {/if}) have in braces.
NAME = re.compile(
    r"[$#]?\{[A-Za-z_$][\w.$-]{0,80}(?:\[[\w.]{0,40}\])?(?:![rsa])?(?::[^{}\s]{0,40})?\}|\{![\w$][^{}\r\n]{0,200}\}"
    r"|\$\{[^{}\r\n]{1,200}\}|\{[#@:/](?:if|each|await|key|else|then|html|const|render)\b[^{}\r\n]{0,200}\}"
    r"|\{\$\w[^{}\r\n]{0,200}\}|\{(?:else ?)?(?:if|foreach|include|assign|section)\s(?=[^{}\r\n]{0,200}\$)"
    r"[^{}\r\n]{0,200}\}|\{/[A-Za-z]\w{0,40}\}"
)
# Embedded Ruby, JavaScript, Java and PHP. Code spans that show one are code anyway.
SCRIPTLET = re.compile(r"<%(?:[^%<`]|%(?!>)|<(?!%)){0,4000}%>|<\?(?:php|=)(?:[^?<`]|\?(?!>)|<(?!\?)){0,4000}\?>", re.I)
# FreeMarker's <#if name>, <@name/>.
DIRECTIVE = re.compile(r"</?[#@][A-Za-z][^<>`]{0,1000}>")
# Mailchimp's *|NAME|*, the [% name %] of Template Toolkit, and AMPscript: %%name%%, %%=v(name)=%%, %%[ SET name ]%%.
MERGE_TAG = re.compile(
    r"%%=(?:[^%`\r\n]|%(?!%)){1,400}=%%|%%\[(?:[^%`]|%(?!%)){1,2000}\]%%"
    r"|%%[\w.-]{1,80}%%|\*\|[^|\r\n]{1,120}\|\*|\[%(?:[^%\[\]`]|%(?!\])|\[(?!%)){0,1000}%\]"
)
