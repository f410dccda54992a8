"""What other assistants get over the Model Context Protocol: answers, the register, passages."""
