/**
 * What of a file makes behaviour, in the order of its text: literals, operators, branches, keys and names. Names of variables, types, comments,
 * brackets and calls that only log are left out, so that formatting, types and other names of variables leave the words as they are.
 */
export interface CodeWords {
  words: Word[]
  /** Names of variables, parameters, functions and classes that the file declares. */
  declared: Set<string>
}

export interface Word {
  /** UTF-16, as the parser counts. */
  start: number
  /** `word`: as it is. `name`: of something that is declared here, imported or known everywhere. `member`: of a thing. */
  kind: 'word' | 'name' | 'member'
  text: string
  /** Where the call ends that calls it, or is given something by it; 0 where none does. */
  callEnd: number
}

export class WordList implements CodeWords {
  readonly words: Word[] = []
  readonly declared = new Set<string>()

  word(text: string, start: number): void {
    this.words.push({ start, kind: 'word', text, callEnd: 0 })
  }

  /** A literal; equal ones are one word in all languages. */
  literal(value: string | number | boolean | null, start: number): void {
    this.word(typeof value === 'string' ? `'${value}'` : String(value), start)
  }

  name(text: string, start: number, callEnd = 0): void {
    this.words.push({ start, kind: 'name', text, callEnd })
  }

  member(text: string, start: number, callEnd = 0): void {
    this.words.push({ start, kind: 'member', text: `.${text}`, callEnd })
  }

  sorted(): CodeWords {
    this.words.sort((a, b) => a.start - b.start)
    return { words: this.words, declared: this.declared }
  }
}

const logging =
  /(?:^|[._])(?:log|logs|logger|logging|logrus|slog|zap|glog|klog|console|pino|winston)(?:\(\w*\))?\.(?!\w*(?:fatal|panic|exit))\w+$/i
const printing = /^(?:print|fmt\.F?[Pp]rint\w*|System\.(?:out|err)\.\w+)$/

/** Whether what is called, as it is written, only tells people what goes on. */
export const isLog = (callee: string): boolean =>
  callee.length < 80 && (logging.test(callee) || printing.test(callee))
