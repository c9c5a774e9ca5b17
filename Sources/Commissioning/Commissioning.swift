// Commissioning
