/**
 * Whether a sentence tells a reader or a program what to conclude, instead of saying something about the place. Such a sentence is
 * kept to be shown and is never evidence: what a document orders is only text. What is looked at is the act of speech (an
 * imperative or a "must" of labelling, answering or ignoring), not the kinds that it names.
 */
export function isOrder(sentence: string): boolean {
  const plain = sentence
    .normalize('NFKC')
    .replaceAll(/\p{Cf}/gu, '')
    .toLowerCase()
  return (
    marker.test(plain) ||
    mustAnswer.test(plain) ||
    regardless.test(plain) ||
    forget.test(plain) ||
    label.test(plain) ||
    mustLabel.test(plain) ||
    answer.test(plain) ||
    toProgram.test(plain)
  )
}

const act = String.raw`(?:classif\w*|label\w*|categori[sz]\w*|mark(?:ed)?|tag(?:ged)?|flag(?:ged)?|set|record(?:ed)?|register(?:ed)?|treat(?:ed)?|consider(?:ed)?|regard(?:ed)?|deem(?:ed)?|assign(?:ed)?|rate[d]?|score[d]?|code[d]?|designat\w*|report(?:ed)?|return(?:ed)?|output|choose|pick|select|decide|conclude|assume|predict(?:ed)?|change[d]?|switch(?:ed)?|overrid\w*|overwrit\w*|update[d]?|enter(?:ed)?|list(?:ed)?)`
const opening = String.raw`(?:^|[.!?:;>\]–—-]\s*|\b(?:please|kindly|now|instead|always|simply|just|then|must|should|shall|need to|have to|want you to|ask you to|required to|instructed to|told to|you are to|you will|you can|and)\s+)(?:(?:always|only|instead|immediately)\s+)?`
const object = String.raw`(?:this|the|that|it|its|all|every|any|these|our|my|kind|type|class|category|address|place|property|location|site|as|to|confidence|result|final)\b`

const marker =
  /^\W*(?:system|assistant|user|developer|instructions?|prompt|ai|admin(?:istrator)?|root|override|important instructions?)\s*(?:message|prompt|note|override|command|notice|instructions?)?\s*[:>\]#]|<\/?\s*(?:system|instructions?|important|information|prompt|im_start|im_end|inst)\b|\[\/?(?:inst|system|admin)\]|<\|[^|>]*\|>|^#{2,}\s*(?:instruction|system|response)|\b(?:begin|end) (?:system|instructions?)\b/
const forget =
  /\b(?:ignore|disregard|forget|discard|skip|bypass|dismiss|omit|override|do not (?:use|trust|consider|rely on|read)|don't (?:use|trust|consider|rely on)|pay no attention to|stop (?:using|reading))\b.{0,60}\b(?:instructions?|prompts?|rules?|guidelines?|evidence|documents?|records?|sources?|above|previous|prior|earlier|preceding|other|everything|anything|all|context|policy|policies)\b/
const label = new RegExp(`${opening}${act}\\s+(?!(?:me|us|him|her|them)\\b)(?:[\\w'-]+\\s+){0,2}?${object}`)
const mustLabel = new RegExp(
  String.raw`\b(?:must|should|shall|needs? to|ha(?:s|ve) to|is to|are to|ought to|will)\s+(?:now\s+|always\s+|only\s+|instead\s+)?be\s+(?:re-?)?${act}\b`,
)
const answer =
  /(?:^|[.!?:;]\s*|\b(?:please|must|should|and|you|only|always)\s+)(?:answer|respond|reply|say|state|print|output|return|emit|write)\s+(?:only\s+|with\s+|exactly\s+|back\s+)*(?:["'“‘{[]|with\b|only\b|that (?:it|this)|kind\b|the (?:kind|word|class|label|answer)|confidence\b)/
const mustAnswer =
  /\b(?:must|should|shall|ha(?:s|ve) to|needs? to|will|is to|are to)\s+(?:now\s+|always\s+|only\s+|instead\s+|therefore\s+)?(?:return|output|classify|label|categori[sz]e|conclude|answer|respond|treat|choose|report|print|emit|decide|predict|assign|set|mark)\b/
const regardless =
  /\b(?:regardless|irrespective|no matter|despite|notwithstanding|instead) of\b.{0,40}\b(?:evidence|files?|documents?|records?|sources?|pages?|says?|said|instructions?|rules?)\b/
const toProgram =
  /\b(?:as an? (?:ai|language model|assistant|classifier|agent|bot)|(?:you are|you're|act as|acting as|pretend (?:to be|you)|roleplay) (?:now )?(?:an? |the |my )?(?:\w+ ){0,2}(?:ai|language model|assistant|classifier|agent|system|bot|model)\b|(?:attention|dear|hey|hello|note (?:to|for)|message (?:to|for)|for|to) (?:any |all |the )?(?:ai|llm|bot|bots|language models?|classifiers?|automated (?:systems?|agents?|readers?)|crawlers?|models?|assistants?|agents?)\b|new instructions?|(?:with|at|to|your) (?:100 ?%|full|maximum|high(?:est)?|total) (?:confidence|certainty)|confidence (?:=|is|of|to) ?(?:1|100)|jailbreak|prompt injection|system prompt|the correct (?:answer|label|class|kind) is)/
