/**
 * What reviewers write about. Each phrase is one sentence that stands alone and names its aspect in ordinary words;
 * `{noun}` is the product's.
 */
export interface Aspect {
  good: readonly string[]
  bad: readonly string[]
  neutral: readonly string[]
}

const define = (good: string[], bad: string[], neutral: string[]): Aspect => ({ good, bad, neutral })

export const aspects = {
  'wet grip': define(
    [
      'Grip in the rain is excellent, no slipping at all.',
      'The grip held in the wet all season.',
      'Really good wet grip, even on muddy ground.',
      'Wet grass is no problem, they grip like glue.',
    ],
    [
      'Slipped twice on wet grass, the grip is poor in the rain.',
      'Useless grip once it is wet.',
      'Wet grip is disappointing, I lost my footing in the rain.',
    ],
    ['Wet grip is about average.', 'Grip in the rain is acceptable, nothing more.'],
  ),
  'ball control': define(
    [
      'Ball control is noticeably better than with my old pair.',
      'Great touch, I feel the ball on every pass.',
      'Close control is superb.',
    ],
    ['The touch is numb and ball control suffers.', 'Hard to control the ball, the upper feels thick.'],
    ['Ball control is neither better nor worse than before.'],
  ),
  comfort: define(
    ['So comfortable from the first minute.', 'Very comfy.', 'Comfort is the best part, no sore spots.'],
    [
      'Uncomfortable after an hour.',
      'It rubs and is not comfortable at all.',
      'Comfort is lacking, I got sore spots.',
    ],
    ['Comfort is okay once broken in.'],
  ),
  sizing: define(
    [
      'True to size, fits as expected.',
      'The fit is perfect in the usual size.',
      'Sizing chart was accurate.',
    ],
    [
      'Runs small, order a size up.',
      'The sizing is off, much too tight.',
      'Comes up large, I had to send it back for a smaller size.',
    ],
    ['Fit is a little narrow but fine for me.'],
  ),
  durability: define(
    [
      'Still looks new after months of use, very durable.',
      'Built to last.',
      'Durable, it has survived everything so far.',
    ],
    ['Fell apart after a few weeks, not durable.', 'It broke within two months.', 'Durability is poor.'],
    ['Some wear after a season, as one would expect.'],
  ),
  value: define(
    ['Great value for the money.', 'Worth every cent.', 'Hard to beat at this price.'],
    ['Overpriced for what you get.', 'Not worth the money.', 'Poor value, cheaper ones are just as good.'],
    ['The price is fair.'],
  ),
  cushioning: define(
    [
      'The cushioning is soft and springy.',
      'Knees are grateful for the cushioning.',
      'Plenty of cushioning on long runs.',
    ],
    ['The cushioning went flat quickly.', 'Too little cushioning for hard ground.'],
    ['Cushioning is on the firm side.'],
  ),
  breathability: define(
    ['Breathable, no sweat builds up.', 'It breathes well even on hot days.'],
    ['Not breathable, I was soaked in sweat.', 'Gets hot and clammy quickly, it does not breathe.'],
    ['Breathability is okay in mild weather.'],
  ),
  waterproofing: define(
    [
      'Completely waterproof, stayed dry through a downpour.',
      'Kept the water out for hours.',
      'Waterproofing is first rate.',
    ],
    [
      'It leaks, so much for waterproof.',
      'Water came through at the seams after an hour.',
      'Not waterproof at all.',
    ],
    ['Waterproof enough for a shower.'],
  ),
  warmth: define(
    ['Wonderfully warm, even below freezing.', 'Keeps warm without bulk.', 'Warm and cosy.'],
    ['Not warm enough for winter.', 'Cold after ten minutes, very little warmth.'],
    ['Warm enough for autumn.'],
  ),
  'fabric softness': define(
    ['The fabric is lovely and soft.', 'Feels so soft against the skin.', 'Soft from the first wash on.'],
    ['The fabric is scratchy.', 'Much rougher than expected, the fabric is stiff.'],
    ['The fabric gets softer after a few washes.'],
  ),
  washing: define(
    ['Washes well, no shrinking and no fading.', 'Still the same shape after many washes.'],
    ['Shrank in the first wash.', 'The colour faded after two washes.'],
    ['Needs a gentle wash.'],
  ),
  colour: define(
    ['The colour is exactly as pictured.', 'Beautiful colour, even nicer than in the photos.'],
    ['The colour is quite different from the picture.', 'Colour looks dull in real life.'],
    ['Colour is a shade darker than shown.'],
  ),
  pockets: define(
    ['Love the deep pockets.', 'The pockets are well placed and zip shut.'],
    ['The pockets are too small for a phone.', 'Pockets are useless.'],
    ['Pockets are fine for keys.'],
  ),
  zip: define(
    ['The zip runs smoothly.', 'Sturdy zips that never catch.'],
    ['The zip jams all the time.', 'The zip broke in the first week.'],
    ['Zip is a bit stiff at first.'],
  ),
  straps: define(
    ['The straps are padded and do not dig in.', 'Straps adjust easily and stay put.'],
    ['The straps cut into my shoulders.', 'A strap tore off.'],
    ['Straps are long but can be tucked away.'],
  ),
  weight: define(
    ['Surprisingly light.', 'So light that I hardly notice it.', 'Lightweight and easy to carry.'],
    ['Heavier than I expected.', 'Too heavy to carry around.'],
    ['Weight is about what I expected.'],
  ),
  capacity: define(
    ['Holds more than you would think.', 'Plenty of room inside.', 'The capacity is just right.'],
    ['Too small inside.', 'The capacity is less than stated, it feels.'],
    ['Room enough for a day.'],
  ),
  assembly: define(
    [
      'Assembly took ten minutes, everything fitted.',
      'Easy to put together with clear steps.',
      'Set up in no time.',
    ],
    [
      'Assembly was a nightmare, holes did not line up.',
      'Putting it together took three hours.',
      'The assembly instructions are useless.',
    ],
    ['Assembly needs two people.'],
  ),
  sturdiness: define(
    ['Rock solid, no wobble.', 'Feels sturdy and well made.', 'Very stable, even fully loaded.'],
    ['It wobbles.', 'Flimsy, not sturdy at all.', 'Feels unstable.'],
    ['Sturdy enough for light use.'],
  ),
  finish: define(
    ['The finish is flawless.', 'Beautifully finished edges.'],
    ['The finish was scratched on arrival.', 'Rough edges, the finish is sloppy.'],
    ['Finish is decent for the price.'],
  ),
  'battery life': define(
    [
      'Battery life is outstanding, days between charges.',
      'The battery lasts all day and then some.',
      'Battery easily lasts a week of normal use.',
    ],
    [
      'The battery drains far too fast.',
      'Battery life is nowhere near what is promised.',
      'Battery was dead by noon.',
    ],
    ['Battery life is average.'],
  ),
  charging: define(
    ['Charges quickly.', 'Charging takes under an hour.'],
    ['Takes forever to charge.', 'The charging port feels loose.'],
    ['Charging speed is normal.'],
  ),
  'sound quality': define(
    [
      'Sound quality is superb, rich bass and clear highs.',
      'It sounds far better than its size.',
      'Crystal clear sound.',
    ],
    ['The sound is tinny.', 'Muffled sound and no bass.', 'Sound quality is disappointing.'],
    ['Sound is fine for podcasts.'],
  ),
  'noise cancelling': define(
    ['Noise cancelling makes the train disappear.', 'The noise cancelling is remarkable.'],
    ['Noise cancelling hardly does anything.', 'The noise cancelling hisses.'],
    ['Noise cancelling helps a little.'],
  ),
  connection: define(
    ['Pairs instantly and the connection never drops.', 'Bluetooth connection is rock steady.'],
    ['The connection drops every few minutes.', 'Pairing is a pain.'],
    ['Connection is fine within a room.'],
  ),
  screen: define(
    ['The screen is bright and sharp.', 'Gorgeous screen with true colours.'],
    ['The screen is too dim outdoors.', 'Screen has visible backlight bleed.'],
    ['The screen is decent indoors.'],
  ),
  camera: define(
    ['Photos from the camera are stunning, even at night.', 'The camera is quick and sharp.'],
    ['The camera is blurry in low light.', 'Camera quality let me down.'],
    ['Camera is fine in daylight.'],
  ),
  speed: define(
    ['It is really fast.', 'Lightning fast.', 'Faster than anything I had before.'],
    ['It is slow.', 'Painfully slow.'],
    ['Fast enough for everyday use.'],
  ),
  keyboard: define(
    ['The keyboard is a joy to type on.', 'Keys have a satisfying feel.'],
    ['The keyboard feels mushy.', 'Keys stick after a month.'],
    ['Keyboard takes getting used to.'],
  ),
  noise: define(
    ['Very quiet, you can talk beside it.', 'Whisper quiet.', 'Hardly makes any noise.'],
    ['So loud that I leave the room.', 'The noise is unbearable.', 'It rattles and is noisy.'],
    ['Noise level is normal for its kind.'],
  ),
  'ease of cleaning': define(
    [
      'Easy to clean, a quick rinse does it.',
      'Cleaning takes seconds.',
      'Goes in the dishwasher and comes out clean.',
    ],
    ['A pain to clean.', 'Impossible to clean the corners.', 'Hard to clean, food gets stuck.'],
    ['Cleaning takes a little effort.'],
  ),
  'heat retention': define(
    ['Keeps drinks hot for hours.', 'Still steaming after a long meeting, it holds heat well.'],
    ['Goes cold within the hour.', 'Does not keep heat at all.'],
    ['Keeps warm for a couple of hours.'],
  ),
  leaks: define(
    ['No leaks, even upside down in my bag.', 'Leakproof as promised.'],
    ['It leaks from the lid.', 'Leaked all over my bag.'],
    ['A drop leaks now and then.'],
  ),
  'non-stick': define(
    ['Nothing sticks, eggs slide right off.', 'The non-stick coating is excellent.'],
    ['The non-stick coating wore off in weeks.', 'Everything sticks to it.'],
    ['Non-stick works with a little oil.'],
  ),
  sharpness: define(
    ['Razor sharp out of the box.', 'It stays sharp for ages.'],
    ['Blunt after a week.', 'Not sharp enough for tomatoes.'],
    ['Sharp, but needs honing often.'],
  ),
  taste: define(
    ['Tastes wonderful.', 'The taste is rich and balanced.', 'Delicious, the whole family loves the taste.'],
    ['The taste is bland.', 'Bitter aftertaste.', 'Did not like the taste at all.'],
    ['Taste is mild.'],
  ),
  freshness: define(
    ['Arrived very fresh.', 'Freshly packed with a long date.'],
    ['It was stale on arrival.', 'Short date left and not fresh.'],
    ['Freshness was fine.'],
  ),
  power: define(
    ['Plenty of power for tough jobs.', 'Powerful, it goes through everything.'],
    ['Lacks power.', 'Far too weak for real work.'],
    ['Power is enough for small jobs.'],
  ),
  suction: define(
    ['Suction is brilliant, pet hair is gone in one pass.', 'Impressive suction on carpet.'],
    ['The suction is weak.', 'It loses suction after minutes.'],
    ['Suction is fine on hard floors.'],
  ),
  brightness: define(
    ['Lovely bright light.', 'Bright enough to read by and dims nicely.'],
    ['Much too dim.', 'Not bright enough for a desk.'],
    ['Brightness is cosy rather than strong.'],
  ),
  absorbency: define(
    ['Very absorbent.', 'Soaks up water at once.'],
    ['It just pushes water around, not absorbent.', 'Poor absorbency.'],
    ['Absorbent after a few washes.'],
  ),
  support: define(
    ['Great support for my back and neck.', 'Supportive without being hard.'],
    ['No support at all.', 'My neck hurt, it lacks support.'],
    ['Support is medium.'],
  ),
  scent: define(
    ['The scent is heavenly and not too strong.', 'Smells gorgeous.', 'A fresh, subtle scent.'],
    ['The scent is overpowering.', 'Smells artificial.', 'The smell gave me a headache.'],
    ['Faint scent.'],
  ),
  'skin feel': define(
    [
      'Leaves my skin soft, and never greasy.',
      'Gentle on my sensitive skin.',
      'My skin feels smooth all day.',
    ],
    ['It irritated my skin.', 'Left my skin dry and tight.', 'Greasy on the skin.'],
    ['My skin looks about the same.'],
  ),
  fun: define(
    ['Hours of fun.', 'The kids have so much fun with it.', 'Everyone wanted another round, such fun.'],
    ['Boring after five minutes.', 'The kids lost interest the same day, no fun.'],
    ['Fun for a rainy afternoon.'],
  ),
  instructions: define(
    ['The instructions are clear.', 'Easy to follow instructions.'],
    ['The instructions are confusing.', 'Instructions are missing steps.'],
    ['Instructions take a second read.'],
  ),
  safety: define(
    ['Feels safe, no sharp edges or small parts.', 'Safe and solid, I trust it with my toddler.'],
    ['A small part came loose, not safe for little ones.', 'Sharp edge, safety concerns me.'],
    ['Safe with supervision.'],
  ),
  'pets like it': define(
    ['My dog and cat both love it.', 'Our picky pet took to it at once.', 'Our pet will not give it up.'],
    ['My pet refuses to go near it.', 'Our pet did not like it at all.'],
    ['My pet tolerates it.'],
  ),
  digestion: define(
    ['Easy on a sensitive stomach.', 'Digestion has been perfect since the change.'],
    ['It upset his stomach.', 'Caused digestion trouble.'],
    ['No change in digestion.'],
  ),
  'paper quality': define(
    ['The paper is thick and nothing bleeds through.', 'Lovely paper quality.'],
    ['Ink bleeds through the paper.', 'The paper is thin.'],
    ['Paper is fine for pencil.'],
  ),
  'writing feel': define(
    ['Writes smoothly.', 'It glides, the writing feel is excellent.'],
    ['It skips and scratches when writing.', 'Writing feel is scratchy.'],
    ['Writes well once warmed up.'],
  ),
  story: define(
    ['Could not put it down, what a story.', 'The story is gripping to the last page.'],
    ['The story drags.', 'Predictable story.'],
    ['The story takes a while to get going.'],
  ),
  illustrations: define(
    ['The illustrations are beautiful.', 'My daughter loves the pictures and illustrations.'],
    ['The illustrations look rushed.', 'Illustrations are dull.'],
    ['Illustrations are simple.'],
  ),
  growth: define(
    ['Germinated within days and grew strongly.', 'Everything grew beautifully.'],
    ['Hardly anything grew.', 'Nothing came up.'],
    ['About half grew.'],
  ),
  bounce: define(
    ['The bounce is true and consistent.', 'Great bounce and flight.'],
    ['Hardly any bounce, it loses air.', 'The bounce is uneven.'],
    ['Bounce is a bit hard.'],
  ),
  'mat grip': define(
    ['Grippy, my hands do not slide in downward dog.', 'Great grip even with sweaty hands.'],
    ['Slippery as soon as hands sweat, no grip.', 'No grip on a wooden floor, it slides.'],
    ['Grip gets better after a few sessions.'],
  ),
  'glove grip': define(
    ['The palms are sticky, great grip on the ball.', 'Grip in the rain is superb, nothing slips through.'],
    ['The ball slips out, poor grip in the wet.', 'The palms lost their grip after five games.'],
    ['Grip is okay when dampened.'],
  ),
  dimensions: define(
    ['Exactly the size stated.', 'The dimensions are spot on.'],
    ['Smaller than stated.', 'The dimensions are off by several centimetres.'],
    ['A little smaller than it looks.'],
  ),
  'comfort of use': define(
    ['Sits comfortably in the hand.', 'Comfortable to use for hours.'],
    ['Uncomfortable to hold.', 'My hands ache after a while, not comfortable to use.'],
    ['Comfortable enough for short use.'],
  ),
  'comfort at rest': define(
    ['So comfortable that nobody wants to get up.', 'Very comfortable, soft in the right places.'],
    ['Hard as a board, not comfortable.', 'Uncomfortable after half an hour.'],
    ['Comfortable, if a bit firm.'],
  ),
  'hair feel': define(
    ['Leaves my hair soft and shiny.', 'My hair feels light and easy to comb.'],
    ['My hair was dry and frizzy.', 'Weighs my hair down.'],
    ['My hair feels about the same.'],
  ),
  'pet fit': define(
    ['Fits our dog perfectly.', 'Easy to adjust, it fits well and does not slip.'],
    ['Too tight around the chest, poor fit.', 'He slipped out of it, the fit is loose.'],
    ['Fits after some adjusting.'],
  ),
  dryness: define(
    ['Dry all night.', 'Keeps baby dry, no leaks.'],
    ['Leaks every night.', 'Soaked through within two hours.'],
    ['Dry for a short night.'],
  ),
  'tracking accuracy': define(
    ['Heart rate and GPS tracking are spot on.', 'Accurate tracking of my runs.'],
    ['Step tracking is far off.', 'GPS tracking loses me in town.'],
    ['Tracking is accurate enough.'],
  ),
} as const satisfies Record<string, Aspect>

export type AspectName = keyof typeof aspects
