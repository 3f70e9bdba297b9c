"""Style: where a text does not sound like us. Vale finds it, by the rules that our voice and the company bring.

A trait of `content/voice.yaml` may carry rules; each is `Voice.<rule id>`, and its trait on the brand page says what is
meant by it. A Vale package that the company names in `.vale.ini` reports under its own name, such as `Google.We`.
"""
