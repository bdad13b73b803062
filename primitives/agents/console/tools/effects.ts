import type { StateName } from '@heavylift/ui'

/** What a call of a tool may change, as a mark and words. */
export const effects: Record<string, { mark: StateName; word: string }> = {
  none: { mark: 'good', word: 'Only reads' },
  reversible: { mark: 'warn', word: 'Can be undone' },
  outside: { mark: 'warn', word: 'Acts outside' },
  money: { mark: 'bad', word: 'Moves money' },
}

/** Kinds of sources that can be added here. */
export const kinds = [
  {
    kind: 'openapi',
    word: 'OpenAPI document',
    address: 'Where it answers (else the document’s server)',
    hint: 'https://api.example.com',
  },
  { kind: 'mcp', word: 'MCP server', address: 'Address', hint: 'https://mcp.example.com/mcp' },
  {
    kind: 'sql',
    word: 'PostgreSQL, read only',
    address: 'Address',
    hint: 'postgres://db.example.com:5432/orders',
  },
  { kind: 'mail', word: 'Mailbox', address: 'IMAP address', hint: 'imaps://mail.example.com' },
  {
    kind: 'http',
    word: 'HTTP address',
    address: 'Address; calls go below it',
    hint: 'https://crm.example.com/api/',
  },
] as const
export type AddedKind = (typeof kinds)[number]['kind']
