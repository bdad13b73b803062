import type { Requirement } from './requirement.ts'

/** What expressions read, and what stands between an agent and the world. */
export const agentsGuard: Requirement[] = [
  {
    id: 'AGENTS-CEL-01',
    source: 'primitives/agents/README.md#expressions',
    behaviour:
      'Expressions are CEL over JSON: what goes in and what comes out is JSON, and whole numbers stay whole.',
  },
  {
    id: 'AGENTS-CEL-02',
    source: 'primitives/agents/README.md#expressions',
    behaviour:
      'An expression reads only what its input has itself: no prototype, no global, no process; and what a value says is never read as an expression.',
  },
  {
    id: 'AGENTS-CEL-03',
    source: 'primitives/agents/README.md#expressions',
    behaviour:
      'No expression hangs or fills the memory: steps, sizes and time are bounded, patterns take time in proportion to their text, and the bound is said.',
  },
  {
    id: 'AGENTS-CEL-04',
    source: 'primitives/agents/README.md#expressions',
    behaviour:
      'A string that is one ${CEL} keeps the type of its value; $${ is a plain ${; a failure names the string and the place in it.',
  },
  {
    id: 'AGENTS-CEL-05',
    source: 'primitives/agents/README.md#expressions',
    behaviour:
      'The eval agents.cel runs the conformance tests of cel-spec by the engine of definitions and lists what is not supported, with the reason.',
  },
  {
    id: 'AGENTS-CHECK-01',
    source: 'primitives/agents/README.md#expressions',
    behaviour:
      'Circles, unknown and doubled names, steps that nothing leads to, self-calls and expressions whose types cannot fit are named with their place, what was expected, and the nearest name; what is not known is let through.',
  },
  {
    id: 'AGENTS-CHECK-02',
    source: 'primitives/agents/README.md#bad-input',
    behaviour:
      'A version whose tools come from a source that nobody registered does not go live, and the answer names those that there are; once it is registered, or where somebody says why not, it does.',
  },
  {
    id: 'AGENTS-GUARD-01',
    source: 'primitives/agents/README.md#guard',
    behaviour:
      'Every value carries its origins, field by field, through templates, steps, loops, and what is kept.',
  },
  {
    id: 'AGENTS-GUARD-02',
    source: 'primitives/agents/README.md#guard',
    behaviour:
      'Text from outside chooses no tool, recipient, address, secret or amount, whatever a model that has read it wants; what users ask for is done all the same.',
  },
  {
    id: 'AGENTS-GUARD-03',
    source: 'primitives/agents/README.md#guard',
    behaviour:
      'Where a person has to say, the question names what comes from where; one answer covers calls that are alike, and what was refused is not asked again.',
  },
  {
    id: 'AGENTS-GUARD-04',
    source: 'primitives/agents/README.md#guard',
    behaviour:
      'A policy in CEL outside the model judges each call: a definition may loosen what asks, never what refuses; an agent that was called may do only what its callers may, too; a rule that fails refuses.',
  },
  {
    id: 'AGENTS-GUARD-05',
    source: 'primitives/agents/README.md#guard',
    behaviour:
      'A model step whose answer is typed to choices of the definition is the way from outside text to a decision; its free text is not.',
  },
  {
    id: 'AGENTS-GUARD-06',
    source: 'primitives/agents/README.md#guard',
    behaviour:
      'The guard stands before every call of a run: what it says is in the journal with what it rests on, and what needs a person waits for one.',
  },
  {
    id: 'AGENTS-GUARD-07',
    source: 'primitives/agents/README.md#guard',
    behaviour:
      'An amount that nothing names passes as worked out only where it comes of what was said or read; any other was made up.',
  },
  {
    id: 'AGENTS-GUARD-08',
    source: 'primitives/agents/README.md#guard',
    behaviour:
      'Whom the user’s own words choose among what was read gets it without a question: an entry of a list of the tenant’s own of which they name no other, the only address with their word in a document that they named; never money, never one whom outside text names, and over the tenant’s records another than the named one is refused.',
  },
  {
    id: 'AGENTS-HOLES-01',
    source: 'docs/security.md#what-befell-others',
    behaviour: 'An expression leaves its language nowhere, whatever is written into it.',
  },
  {
    id: 'AGENTS-HOLES-02',
    source: 'docs/security.md#what-befell-others',
    behaviour:
      'Reading and checking a definition runs nothing of it; no part that a definition reaches makes code of text, opens files or starts processes.',
  },
  {
    id: 'AGENTS-HOLES-03',
    source: 'docs/security.md#what-befell-others',
    behaviour:
      'Who starts a run gives an id and an input, never a definition, and no route of runs is open to strangers.',
  },
  {
    id: 'AGENTS-HOLES-04',
    source: 'docs/security.md#what-befell-others',
    behaviour:
      'A definition names no command, file or address; a body that pretends to be an upload is a value.',
  },
  {
    id: 'AGENTS-HOLES-05',
    source: 'docs/security.md#what-befell-others',
    behaviour: 'Names that mean something to JavaScript change nothing for anybody else.',
  },
  {
    id: 'AGENTS-REPLAY-01',
    source: 'primitives/agents/README.md#guard',
    behaviour:
      'Over a store, a call that decides by what nobody said and no record that was looked at holds is refused; recorded calls pass.',
  },
  {
    id: 'AGENTS-POLICY-01',
    source: 'primitives/agents/README.md#guard',
    behaviour:
      'Rules of a tenant hold for the next call of every agent of it, before the rules of the house, and the one that decided stands in the journal.',
  },
  {
    id: 'AGENTS-POLICY-02',
    source: 'primitives/agents/README.md#guard',
    behaviour: 'A rule that cannot be read, or that asks for what no call has, is refused when it is set.',
  },
  {
    id: 'AGENTS-POLICY-03',
    source: 'primitives/agents/README.md#guard',
    behaviour:
      'Rules that somebody else replaced meanwhile are not overwritten, and no version of them is lost.',
  },
  {
    id: 'AGENTS-POLICY-04',
    source: 'primitives/agents/README.md#guard',
    behaviour:
      'What rules would make of one example of each kind of call is shown before they are put in force.',
  },
]
