import { meaningOf } from '../words.ts'

/** What buyers judge across departments. Discovery adds what this list does not know. */
export interface AspectDefinition {
  /** As shown: `wet grip`. */
  name: string
  /** Words or phrases that mention it; matched by stem. */
  terms: string[]
  /** Only counts when one of these stands in the same sentence. */
  needs?: string[]
  /** Mentions that judge by themselves: "runs small" blames the fit. */
  praises?: string[]
  blames?: string[]
  /** The thing itself is a fault: "no noise" praises. For others "no support" blames. */
  isFault?: boolean
}

const wet = ['wet', 'rain', 'rainy', 'mud', 'muddy', 'damp', 'slick', 'puddles', 'downpour', 'drizzle']

/** Order matters: the first definition that fits a sentence's mention wins, so narrow ones come first. */
export const aspectDefinitions: AspectDefinition[] = [
  {
    name: 'wet grip',
    terms: ['wet grip', 'grip', 'traction', 'slip', 'slipped', 'skid', 'footing', 'hold on wet', 'studs'],
    needs: wet,
    praises: ['like glue', 'grip held'],
    blames: ['slipped', 'skidded', 'slid'],
  },
  {
    name: 'grip',
    terms: ['grip', 'traction', 'footing', 'non-slip', 'anti-slip'],
    blames: ['slipped', 'skidded'],
  },
  {
    name: 'waterproofing',
    terms: [
      'waterproof',
      'water resistance',
      'water-resistant',
      'water resistant',
      'keeps water out',
      'leak',
      'soak',
      'watertight',
      'let water in',
      'dry inside',
    ],
    praises: ['stayed dry', 'kept dry', 'keeps dry', 'keep dry', 'watertight'],
    blames: ['leaks', 'leaked', 'soaked', 'let water in', 'lets water in', 'soaks through'],
  },
  { name: 'ball control', terms: ['ball control', 'control of the ball', 'close control', 'touch'] },
  { name: 'cushioning', terms: ['cushioning', 'cushioned', 'shock absorption'], blames: ['went flat'] },
  {
    name: 'noise cancelling',
    terms: ['noise cancelling', 'noise cancellation', 'noise canceling'],
    praises: ['disappear'],
  },
  {
    name: 'leaks',
    terms: ['leakproof', 'leak-proof', 'leak', 'spill'],
    praises: ['leakproof', 'leak-proof'],
    blames: ['leaks', 'leaked'],
    isFault: true,
  },
  {
    name: 'heat retention',
    terms: [
      'keeps hot',
      'keep heat',
      'stays hot',
      'stays cold',
      'keeps cold',
      'drinks hot',
      'drinks cold',
      'goes cold',
    ],
    praises: ['stays hot', 'stays cold', 'drinks hot', 'drinks cold'],
    blames: ['goes cold'],
  },
  {
    name: 'non-stick',
    terms: ['non-stick', 'nonstick', 'sticks'],
    praises: ['nothing sticks'],
    blames: ['everything sticks', 'wore off'],
  },
  { name: 'zip', terms: ['zip', 'zipper', 'fastening'] },
  { name: 'straps', terms: ['strap', 'handle'], blames: ['cut into', 'tore off'] },
  {
    name: 'speed',
    terms: ['speed', 'fast', 'faster', 'slow', 'sluggish', 'snappy'],
    praises: ['snappy', 'fast', 'faster'],
    blames: ['slow', 'sluggish'],
  },
  { name: 'camera', terms: ['camera', 'photos', 'pictures taken'] },
  { name: 'keyboard', terms: ['keyboard', 'keys', 'typing'] },
  { name: 'brightness', terms: ['brightness', 'bright', 'dim'], praises: ['bright'], blames: ['dim'] },
  { name: 'absorbency', terms: ['absorbency', 'absorbent', 'soaks up'], praises: ['soaks up', 'absorbent'] },
  { name: 'power', terms: ['power', 'powerful', 'underpowered'], blames: ['underpowered'] },
  {
    name: 'freshness',
    terms: ['freshness', 'fresh', 'freshly', 'stale', 'best before'],
    praises: ['freshly', 'fresh'],
    blames: ['stale'],
  },
  { name: 'skin feel', terms: ['skin'] },
  {
    name: 'fun',
    terms: ['fun', 'entertaining', 'boring', 'interest'],
    praises: ['fun', 'entertaining'],
    blames: ['boring', 'lost interest'],
  },
  {
    name: 'safety',
    terms: ['safety', 'safe', 'unsafe', 'dangerous'],
    praises: ['safe'],
    blames: ['unsafe', 'dangerous'],
  },
  { name: 'paper quality', terms: ['paper'], blames: ['bleeds through the paper'] },
  { name: 'story', terms: ['story', 'plot'] },
  { name: 'illustrations', terms: ['illustrations', 'drawings'] },
  { name: 'bounce', terms: ['bounce'] },
  { name: 'tracking accuracy', terms: ['tracking', 'gps', 'heart rate'] },
  { name: 'dimensions', terms: ['dimensions', 'measurements', 'size stated', 'than stated'] },
  {
    name: 'capacity',
    terms: ['capacity', 'room inside', 'holds more', 'holds less'],
    praises: ['holds more', 'plenty of room'],
  },
  {
    name: 'fit',
    terms: [
      'fit',
      'sizing',
      'size',
      'true to size',
      'runs small',
      'runs large',
      'runs narrow',
      'runs wide',
      'snug',
      'width',
      'length',
    ],
    praises: ['true to size', 'fits well', 'fit well', 'fits perfectly', 'snug'],
    blames: [
      'runs small',
      'runs large',
      'runs big',
      'runs narrow',
      'too small',
      'too big',
      'too large',
      'too tight',
      'too narrow',
      'too wide',
      'too loose',
      'size up',
      'size down',
    ],
  },
  {
    name: 'comfort',
    terms: ['comfort', 'comfortable', 'uncomfortable', 'comfy', 'cushioning', 'padding', 'blisters'],
    blames: ['blisters'],
  },
  {
    name: 'durability',
    terms: [
      'durability',
      'durable',
      'last',
      'lasted',
      'fell apart',
      'fall apart',
      'falls apart',
      'wear and tear',
      'sturdy',
      'flimsy',
      'broke',
      'hold up',
      'held up',
      'holds up',
      'wore out',
      'stitching',
      'build quality',
      'fragile',
    ],
    praises: ['held up', 'holds up', 'holding up', 'lasted', 'built to last', 'still going strong'],
    blames: ['fell apart', 'falls apart', 'falling apart', 'broke', 'wore out', 'came apart', 'came undone'],
  },
  {
    name: 'battery life',
    terms: ['battery', 'battery life', 'charge', 'charging', 'recharge', 'standby'],
    blames: ['dies fast', 'died'],
  },
  { name: 'sound quality', terms: ['sound', 'audio', 'bass', 'treble', 'acoustics'] },
  {
    name: 'noise',
    terms: ['noise', 'noisy', 'loud', 'quiet', 'silent', 'hum', 'squeak'],
    praises: ['quiet', 'silent'],
    blames: ['noisy', 'loud'],
    isFault: true,
  },
  {
    name: 'picture quality',
    terms: ['picture', 'screen', 'display', 'image quality', 'resolution', 'brightness'],
  },
  {
    name: 'ease of use',
    terms: [
      'easy to use',
      'ease of use',
      'hard to use',
      'intuitive',
      'user-friendly',
      'controls',
      'instructions',
      'manual',
    ],
    praises: ['intuitive', 'user-friendly'],
  },
  {
    name: 'assembly',
    terms: ['assembly', 'assemble', 'set up', 'setup', 'put together', 'installation', 'install'],
  },
  { name: 'cleaning', terms: ['clean', 'cleaning', 'wash', 'washing', 'machine wash', 'dishwasher', 'wipe'] },
  {
    name: 'value',
    terms: ['value', 'money', 'price', 'bargain', 'overpriced', 'worth'],
    praises: ['bargain', 'worth every penny', 'hard to beat', 'cannot beat'],
    blames: ['overpriced'],
  },
  {
    name: 'weight',
    terms: ['weight', 'light', 'lightweight', 'heavy'],
    praises: ['lightweight', 'light'],
    blames: ['heavy'],
  },
  { name: 'warmth', terms: ['warmth', 'warm', 'insulation', 'cold inside'], praises: ['warm'] },
  {
    name: 'breathability',
    terms: ['breathability', 'breathable', 'ventilation', 'sweaty', 'sweat'],
    blames: ['sweaty'],
  },
  { name: 'colour', terms: ['colour', 'color', 'shade', 'fade', 'faded', 'dye'] },
  { name: 'smell', terms: ['smell', 'smells', 'scent', 'odour', 'odor', 'fragrance', 'stink'] },
  { name: 'taste', terms: ['taste', 'aftertaste', 'flavour', 'flavor', 'tasty', 'delicious'] },
  { name: 'material', terms: ['material', 'fabric', 'leather', 'texture', 'finish'] },
  { name: 'softness', terms: ['softness', 'soft', 'scratchy', 'itchy'], blames: ['scratchy', 'itchy'] },
  { name: 'looks', terms: ['look', 'looks', 'style', 'design', 'appearance'] },
  {
    name: 'stability',
    terms: ['stability', 'stable', 'wobble', 'wobbly', 'steady', 'tips over'],
    blames: ['wobbles', 'wobbly', 'tips over'],
  },
  {
    name: 'storage',
    terms: ['storage', 'pocket', 'compartment', 'capacity', 'roomy', 'space inside'],
    praises: ['roomy'],
  },
  { name: 'delivery', terms: ['delivery', 'shipping', 'arrived', 'packaging', 'courier'] },
  { name: 'support', terms: ['arch support', 'ankle support', 'support', 'customer service'] },
  { name: 'suction', terms: ['suction', 'picks up', 'hoovers up'] },
  { name: 'heat', terms: ['heat', 'heating', 'overheat', 'temperature', 'heats'] },
  {
    name: 'sharpness',
    terms: ['sharp', 'sharpness', 'blunt', 'edge retention'],
    praises: ['sharp'],
    blames: ['blunt'],
  },
  {
    name: 'connection',
    terms: ['bluetooth', 'wifi', 'wi-fi', 'connection', 'pairing', 'signal', 'connectivity'],
  },
]

const stemmed = (phrase: string): string[] => phrase.split(' ').map((word) => meaningOf(word))

export interface CompiledAspect {
  name: string
  terms: string[][]
  needs: ReadonlySet<string> | null
  praises: string[][]
  blames: string[][]
  isFault: boolean
}

export const compiledAspects: CompiledAspect[] = aspectDefinitions.map((definition) => ({
  name: definition.name,
  terms: definition.terms.map(stemmed),
  needs: definition.needs ? new Set(definition.needs.map((word) => meaningOf(word))) : null,
  praises: (definition.praises ?? []).map(stemmed),
  blames: (definition.blames ?? []).map(stemmed),
  isFault: definition.isFault ?? false,
}))

/** Words of a question that stand for aspects by another name: "in the rain" asks about wet grip and waterproofing. */
export const askedBy: { words: ReadonlySet<string>; aspects: string[] }[] = [
  {
    words: new Set([...wet, 'water', 'weather'].map((word) => meaningOf(word))),
    aspects: ['wet grip', 'waterproofing', 'grip'],
  },
  {
    words: new Set(['last', 'long', 'break', 'quality', 'sturdy', 'tough'].map((word) => meaningOf(word))),
    aspects: ['durability'],
  },
  {
    words: new Set(['size', 'small', 'big', 'narrow', 'wide', 'tight', 'fit'].map((word) => meaningOf(word))),
    aspects: ['fit'],
  },
  {
    words: new Set(['worth', 'expensive', 'money', 'price', 'value'].map((word) => meaningOf(word))),
    aspects: ['value'],
  },
  { words: new Set(['loud', 'noisy', 'noise', 'quiet'].map((word) => meaningOf(word))), aspects: ['noise'] },
  {
    words: new Set(['cold', 'winter', 'warm', 'snow'].map((word) => meaningOf(word))),
    aspects: ['warmth', 'waterproofing'],
  },
  {
    words: new Set(['hot', 'summer', 'sweat', 'breathe'].map((word) => meaningOf(word))),
    aspects: ['breathability'],
  },
  {
    words: new Set(['install', 'assemble', 'assembly', 'setup'].map((word) => meaningOf(word))),
    aspects: ['assembly', 'ease of use'],
  },
  { words: new Set(['clean', 'wash', 'dishwasher'].map((word) => meaningOf(word))), aspects: ['cleaning'] },
  {
    words: new Set(['slip', 'slippery', 'grip', 'traction'].map((word) => meaningOf(word))),
    aspects: ['grip', 'wet grip'],
  },
]
