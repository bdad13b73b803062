import { words as de } from './de.ts'
import { english } from './en.ts'
import type { Words } from './en.ts'
import { words as es } from './es.ts'
import { words as fr } from './fr.ts'
import { words as it } from './it.ts'
import { words as nl } from './nl.ts'
import { words as pt } from './pt.ts'
import { words as sv } from './sv.ts'

const known: Readonly<Record<string, Words>> = { de, en: english, es, fr, it, nl, pt, sv }

/** The assistant's words in a language (`fr`, `pt-BR`); English for one that it does not speak. */
export const wordsOf = (language: string): Words => known[language.split('-')[0]!.toLowerCase()] ?? english
