import type { AgentDefinition } from '../definition/definition.ts'

/** What an agent is to its callers; a deprecated one's are told at once what to call instead. */
export function described({ summary, title }: AgentDefinition, warning: string | null): string {
  return warning === null ? summary || title : `${warning} ${summary || title}`
}
