"""What can be asked of the bot: the table of commands, and a request that names one."""
