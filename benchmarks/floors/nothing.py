"""argparse and nothing else: what a Python command line costs that does nothing.

python nothing.py [--help]
"""

import argparse

parser = argparse.ArgumentParser()
parser.add_argument("words", nargs="*")
parser.parse_args()
