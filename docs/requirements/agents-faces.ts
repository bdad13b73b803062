import type { Requirement } from './requirement.ts'

const mcp = 'standard: MCP 2026-07-28 and 2025-11-25; primitives/agents/README.md#called-from-outside'
const readme = 'primitives/agents/README.md#called-from-outside'

/** Agents that are called by protocols. */
export const agentsFaces: Requirement[] = [
  {
    id: 'AGENTS-FACE-03',
    source: readme,
    behaviour:
      'Agents that call each other by a protocol of ours are as deep as if they had called each other as steps: a circle ends, rights only shrink.',
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
]
