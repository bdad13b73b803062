import type { Requirement } from './requirement.ts'

const mcp = 'standard: MCP 2026-07-28 and 2025-11-25; primitives/agents/README.md#called-from-outside'
const a2a = 'standard: A2A 1.0; primitives/agents/README.md#called-from-outside'
const agui = 'https://docs.ag-ui.com/concepts/events; primitives/agents/README.md#called-from-outside'
const readme = 'primitives/agents/README.md#called-from-outside'

/** Agents that are called by protocols. */
export const agentsFaces: Requirement[] = [
  {
    id: 'AGENTS-FACE-03',
    source: readme,
    behaviour:
      'Agents that call each other by HTTP or a protocol of ours are as deep as if they had called each other as steps: a circle ends, rights only shrink.',
  },
  {
    id: 'AGENTS-MCP-01',
    source: mcp,
    behaviour:
      'Every live agent is a tool with the schemas of its definition; a call answers with what the run came to, and tells its steps to who asks for progress.',
  },
  {
    id: 'AGENTS-MCP-02',
    source: mcp,
    behaviour: 'A call by MCP that cannot be made, or whose run failed, is answered with what is wrong.',
  },
  {
    id: 'AGENTS-MCP-03',
    source: mcp,
    behaviour:
      'A call whose run waits for a person is answered at once: that it waits, what is asked, and how to ask for the result later.',
  },
  {
    id: 'AGENTS-MCP-04',
    source: mcp,
    behaviour: 'A call by MCP that its caller cancels ends its run.',
  },
  {
    id: 'AGENTS-MCP-05',
    source: readme,
    behaviour: 'Who calls agents with a key for agents sees the runs that the key started, and no others.',
  },
  {
    id: 'AGENTS-MCP-06',
    source: mcp,
    behaviour:
      'A request of MCP that is sent again in its session is the same run; a session that is not there, or is another’s, is answered 404.',
  },
  {
    id: 'AGENTS-MCP-07',
    source: mcp,
    behaviour:
      'Unknown protocol versions, broken messages and unknown agents are refused by the protocol’s own codes.',
  },
  {
    id: 'AGENTS-MCP-08',
    source: mcp,
    behaviour:
      'An agent whose result is declared to have `messages` is a prompt of MCP as well; its arguments are completed from what its input schema lists.',
  },
  {
    id: 'AGENTS-PEER-01',
    source: a2a,
    behaviour:
      'Every live agent has a card of A2A 1.0 that says what it takes and where it is called, signed by the installation; an agent that is not there has none.',
  },
  {
    id: 'AGENTS-PEER-02',
    source: a2a,
    behaviour: 'A message by A2A becomes a task, which is a run; the same message again is the same task.',
  },
  {
    id: 'AGENTS-PEER-03',
    source: a2a,
    behaviour:
      'Whoever streams a task sees it begin, each step end, the result and the end; who was cut off follows it again.',
  },
  {
    id: 'AGENTS-PEER-04',
    source: a2a,
    behaviour:
      'A task whose run waits for a person is interrupted and says what is asked; only a key for operators may answer it.',
  },
  {
    id: 'AGENTS-PEER-05',
    source: a2a,
    behaviour:
      'Whoever asks for it is told by a request when a task changes, again where that failed, and never at an address that is not public unless an administrator allows it.',
  },
  {
    id: 'AGENTS-PEER-06',
    source: a2a,
    behaviour: 'A task that is cancelled ends its run; a key sees the tasks that it sent, and no others.',
  },
  {
    id: 'AGENTS-PEER-07',
    source: a2a,
    behaviour:
      'Unknown versions, methods, tasks, agents, kinds of parts and broken messages are refused by the protocol’s own codes, in both bindings.',
  },
  {
    id: 'AGENTS-PEER-08',
    source: a2a,
    behaviour:
      'The report of the public test kit is read as it is written: what passed, what failed and why, what was left out.',
  },
  {
    id: 'AGENTS-AGUI-01',
    source: agui,
    behaviour:
      'A stream of AG-UI tells steps, calls, texts and state by events that the protocol’s own schemas take; the same thread and run again is the same run.',
  },
  {
    id: 'AGENTS-AGUI-02',
    source: agui,
    behaviour:
      'Of the published list of events those are sent of which there is something to say; which are not is written down.',
  },
  {
    id: 'AGENTS-AGUI-03',
    source: agui,
    behaviour:
      'A run that asks a person ends its stream with an interrupt; only a key for operators may resume it.',
  },
  {
    id: 'AGENTS-AGUI-04',
    source: agui,
    behaviour:
      'A stream of a run that failed ends with its error; for input that does not fit, an unknown or a paused agent none begins.',
  },
  {
    id: 'AGENTS-FACE-01',
    source: readme,
    behaviour: 'Beside a live agent stand its addresses, each with a command that works as it is copied.',
  },
]
