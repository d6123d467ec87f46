"""From files as utilities have them to dense blocks of integers, with every refused row named."""
