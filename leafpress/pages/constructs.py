"""stub"""


def check_template(name, text):
    return ()
