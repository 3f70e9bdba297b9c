"""What a person most likely did wrong where a file is not YAML, and the text without that mistake.

A parser stops at the first place that it can't make sense of, which is often a line after the mistake, and says what it
expected there. So each line around that place is looked at for what people do wrong. A guess counts if the text
without it can be read further; then the next mistake can be found, and what the records say can be checked as well.
No line is added or taken away, so all that is found later is on the line where it's written.
"""
