project = "Recurrent networks"
extensions = []
html_theme = "alabaster"
html_js_files = [
    ("https://gru-playground.example/embed/gru-embed.js", {"type": "module"}),
    ("https://gru-playground.example/embed/frame-height.js", {"type": "module"}),
]
