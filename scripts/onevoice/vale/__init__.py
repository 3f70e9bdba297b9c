"""Style: a text does not sound like us. Vale finds this with the rules of our voice and of the company's packages.

A trait in `content/voice.yaml` may have rules. Each is called `Voice.<rule id>`, and its trait on the brand page says
what it means. A Vale package that `.vale.ini` names reports under its own name, such as `Google.We`.
"""
