// Needscast
