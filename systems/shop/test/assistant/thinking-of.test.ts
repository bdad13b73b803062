import { expect, test } from 'vitest'
import { lexiconOf } from '../../src/language/lexicon.ts'
import type { LanguageCode } from '../../src/language/languages.ts'
import { readIntent } from '../../src/understand/read-intent.ts'

const said: Record<LanguageCode, { harmless: string[]; cries: string[] }> = {
  en: {
    harmless: [
      "i'm thinking of a desk for my son",
      'thinking about some curtains',
      'thinking of a gift',
      'i was thinking of a pump',
    ],
    cries: [
      'i keep thinking about killing myself',
      'i think about death all the time',
      'i am thinking of ending it all',
    ],
  },
  de: {
    harmless: [
      'ich denke an einen Tisch',
      'ich denke an eine Lampe',
      'dachte an was mit Licht',
      'ich dachte da an eine Lampe',
    ],
    cries: [
      'ich denke nur noch an den Tod',
      'ich denke daran, mich umzubringen',
      'ich will nicht mehr leben',
    ],
  },
  nl: {
    harmless: ['ik denk aan een lamp voor de keuken', 'we dachten aan iets kleins'],
    cries: ['ik denk eraan er een eind aan te maken', 'ik wil niet meer leven'],
  },
  sv: {
    harmless: ['jag tänker på en lampa till köket', 'jag tänker på ett bord', 'vi tänkte på något litet'],
    cries: ['jag tänker på att ta mitt liv', 'jag vill inte leva längre', 'jag tänker på döden'],
  },
  fr: {
    harmless: ['je pense à une lampe pour la cuisine', 'on pensait à quelque chose de petit'],
    cries: ['je pense à me tuer', 'je pense à la mort', 'je ne veux plus vivre'],
  },
  es: {
    harmless: ['pienso en una mesa', 'estaba pensando en algo pequeño'],
    cries: ['pienso en matarme', 'pienso en la muerte todo el tiempo', 'no quiero vivir más'],
  },
  it: {
    harmless: ['penso a una lampada per la cucina', 'stavo pensando a qualcosa di piccolo'],
    cries: ['penso di uccidermi', 'penso alla morte', 'non voglio più vivere'],
  },
  pt: {
    harmless: ['estou a pensar numa lâmpada para a cozinha', 'pensava em algo pequeno'],
    cries: ['penso em matar-me', 'só penso na morte', 'não quero mais viver'],
  },
}

const all = (kind: 'harmless' | 'cries') =>
  Object.entries(said).flatMap(([code, of]) =>
    of[kind].map((text): [LanguageCode, string] => [code as LanguageCode, text]),
  )

test.each(all('harmless'))('%s: “%s” is no cry for help', (code, text) => {
  expect(readIntent(text, lexiconOf(code)).intent).not.toBe('care')
})

test.each(all('cries'))('%s: “%s” is one', (code, text) => {
  expect(readIntent(text, lexiconOf(code))).toMatchObject({ intent: 'care', topic: 'self-harm' })
})
