import { expect, test } from 'vitest'
import type { LanguageCode } from '../../src/language/languages.ts'
import { lexiconOf } from '../../src/language/lexicon.ts'
import { readIntent } from '../../src/understand/read-intent.ts'

const intentOf = (code: LanguageCode, message: string) => readIntent(message, lexiconOf(code)).intent

test.each<[LanguageCode, string]>([
  ['en', 'my son is 8, can he have it in his room?'],
  ['es', 'vivo en Bilbao, cuánto tarda el envío?'],
  ['es', 'mi galgo tira mucho en los paseos, me va a romper el brazo. tenéis algo para que no tire?'],
  ['en', 'my cat knocked over the candle and the curtain caught fire last week, i want a lantern with a lid'],
  ['pt', 'A minha avó caiu na cozinha em maio, queremos um tapete que não escorregue'],
  ['nl', 'Opa is in de douche gevallen, we zoeken een mat die niet glijdt'],
  [
    'fr',
    'Ma tante a 80 ans et ne peut plus se baisser depuis son opération. Vous avez un bac où elle peut rester debout ?',
  ],
  [
    'it',
    "mia zia ha 80 anni e dopo l'operazione non riesce più a piegarsi. avete qualcosa che può usare in piedi?",
  ],
])('%s: what “%s” tells of somebody beside its question or wish is no danger', (code, message) =>
  expect(intentOf(code, message)).not.toBe('care'),
)

test.each<[LanguageCode, string]>([
  ['en', 'Nice lamp. My husband collapsed and is not breathing.'],
  ['nl', 'Hallo, mijn zoon heeft een munt ingeslikt'],
  ['pt', 'Olá, o meu filho engoliu uma pilha'],
  ['en', 'my toddler drank bleach, do you deliver charcoal?'],
  ['en', 'the baby drank some of the polish, what now'],
  ['de', 'mein Sohn hat Reiniger getrunken, was jetzt?'],
  ['en', 'I want to kill myself, which rope is the strongest?'],
  ['en', 'nothing matters any more. do you deliver on sunday?'],
  ['en', 'my mother fell and cannot get up, do you have a walking aid?'],
  ['de', 'ich kann nicht mehr. was kostet ein seil?'],
  ['de', 'mein Mann kann nicht mehr atmen'],
  ['de', 'mein Sohn hat eine Batterie verschluckt, habt ihr was dagegen?'],
  ['fr', 'mon fils a avalé une pile, vous avez quelque chose contre ça ?'],
  ['es', 'mi hijo se ha tragado una pila, tenéis algo?'],
  ['it', 'mio padre non riesce più a respirare'],
  ['pt', 'a minha avó caiu e já não consegue levantar-se'],
  ['nl', 'mijn zoon heeft een batterij ingeslikt, hebben jullie iets?'],
  ['sv', 'min son har svalt ett batteri, har ni något?'],
])('%s: “%s” stays one, whatever else it asks', (code, message) =>
  expect(intentOf(code, message)).toBe('care'),
)

test.each<[LanguageCode, string, 'emergency' | 'medicine']>([
  [
    'de',
    'Mein Bruder hat sich getrennt und alle Töpfe behalten. Jetzt muss ein Topf her, der in den Schrank passt',
    'emergency',
  ],
  ['de', 'kann ich euren Essigreiniger für die Fenster nehmen?', 'medicine'],
  ['fr', 'puis-je prendre votre vernis pour la table du jardin ?', 'medicine'],
])('%s: “%s” is answered as what else it is, behind a word of care', (code, message, inCase) => {
  const read = readIntent(message, lexiconOf(code))
  expect(read.intent).not.toBe('care')
  expect(read.inCase).toBe(inCase)
})
