#include <libxml/xmlversion.h>
// Debian builds libxml2 with ICU, whose headers clash with those of Foundation. Only the handlers of encodings mention
// them, at the end of a structure that the library itself makes; nothing here touches those.
#undef LIBXML_ICU_ENABLED
#include <libxml/parser.h>
