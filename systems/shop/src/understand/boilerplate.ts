/** Phrases by which shoppers ask, which match no product: "I'm looking for", "can you show me some … options?". */
const phrases =
  /(?<![\p{L}\p{N}])(?:(?:hi|hello|hey)(?:\s+there)?(?=[\s,!.]*\S)|(?:(?:i|we)(?:'m|\s+am|'re|\s+are|\s+was|\s+were)?\s+|currently\s+)*(?:looking|searching|shopping|hunting|browsing)\s+(?:for|to\s+(?:buy|get|find|purchase))(?:\s+(?:some|any|an?|the|something))?|(?:can|could|would|will)\s+you\s+(?:please\s+)?(?:kindly\s+)?(?:show|find|recommend|suggest|get|give|help|tell|search)(?:\s+(?:me|us))?(?:\s+(?:find|with|to\s+find|for))?(?:\s+(?:some|any|an?|the))?|(?:please\s+)?(?:only\s+)?(?:show|find|get|give|bring|fetch|recommend|suggest|search|list|display)(?:\s+(?:me|us|only))+(?:\s+(?:some|any|an?|the|all|only|items?|products?|options?))*|(?:please\s+)?(?:show|list|display)\s+only(?:\s+(?:the|items?|products?|options?))*|^\s*(?:please\s+)?(?:show|find|recommend|suggest|search(?:\s+for)?|list|display|get)(?=\s)(?:\s+(?:some|any|an?|the|all)(?=\s))?|do\s+you\s+(?:have|sell|carry|stock|know)(?:\s+(?:any|some|an?|the))?|(?:i|we)(?:'d|\s+would)?\s+(?:really\s+)?(?:want|need|like|prefer|wish)(?:\s+to\s+(?:buy|get|find|purchase|see|order|have))?(?:\s+(?:some|any|an?|the))?|(?:is|are)\s+there(?:\s+(?:any|some|an?))?|(?:any\s+)?(?:recommendations?|suggestions?)(?:\s+for)?|(?:grooming\s+)?(?:tools|things|products|items|ones)\s+like\s+this|please|thanks?(?:\s+you)?|(?:some|more|other|any)\s+options|options\s+(?:in|with|for)(?=\s)|preferably|prefer|ideally|(?:something|anything|items?|products?|options?)\s+(?:that|which)(?:\s+(?:is|are|can|comes?|has|have))?|(?:that|which)\s+(?:is|are|come|comes|has|have|is\s+available|are\s+available)(?:\s+(?:with|in|available))?|(?:in\s+(?:their\s+respective|the\s+same)\s+categor(?:y|ies)))(?![\p{L}\p{N}])/giu

/** Where boilerplate stands in a text. */
export function findBoilerplate(text: string): { start: number; end: number }[] {
  return [...text.matchAll(phrases)].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
  }))
}
