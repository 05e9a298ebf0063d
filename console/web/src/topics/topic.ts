/** What a topic to publish on must look like. */

const MAXIMUM_BYTES = 65_535;

/** What is wrong with it, or null; nothing is wrong with one that is not typed yet. */
export function topicError(topic: string): string | null {
  if (topic === "") return null;
  if (/[+#]/.test(topic)) return "A message goes to one topic: + and # are for subscribing only";
  if (topic.startsWith("$")) return "Topics that begin with $ are the broker's own";
  if (topic.includes("\0")) return "A topic cannot contain the character U+0000";
  if (new TextEncoder().encode(topic).length > MAXIMUM_BYTES) return "A topic has at most 65 535 bytes";
  return null;
}
