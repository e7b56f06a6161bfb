"""``python -m trialbell``, the same as the command ``trialbell``."""

from trialbell.cli import main

if __name__ == "__main__":
    main()
