import { hash } from 'node:crypto'

// Comments, texts, words and numbers, and any other sign by itself. One reading serves all four languages: what matters is that
// formatting does not change it, not that each token is the language's own.
const cToken =
  /\/\*[\s\S]*?\*\/|\/\/[^\n]*|`(?:\\[\s\S]|[^`\\])*`|"""[\s\S]*?"""|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|[\p{L}\p{N}_$]+|[^\s]/gu
const pythonToken =
  /#[^\n]*|"""[\s\S]*?"""|'''[\s\S]*?'''|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|[\p{L}\p{N}_]+|[^\s]/gu

/** Tokens without comments, the style of quotes, semicolons and trailing commas: what a formatter changes is left out. */
export function tokensOf(text: string, isPython: boolean): string[] {
  const tokens: string[] = []
  for (const [token] of text.matchAll(isPython ? pythonToken : cToken)) {
    if (isPython ? token.startsWith('#') : token.startsWith('//') || token.startsWith('/*')) continue
    if (token === ';') continue
    if (/^[)\]}]$/.test(token) && tokens.at(-1) === ',') tokens.pop()
    tokens.push(/^'[^']*'$/.test(token) && !token.includes('"') ? `"${token.slice(1, -1)}"` : token)
  }
  return tokens
}

/** 16 hexadecimal digits. */
export function tokenHash(text: string, isPython: boolean): string {
  return hash('sha256', tokensOf(text, isPython).join('\u0000')).slice(0, 16)
}
