/**
 * Outlines on a 400 × 400 canvas. `$c` is the colourway, `$d` darker, `$l` lighter, `$a` the accent; the frame
 * (background, floor shadow) is drawn around them.
 */
export const silhouettes = {
  boot: '<path d="M92 150c22 14 44 16 62 4l22-16c18 26 58 56 104 68 32 8 48 22 48 46v14H84c-6-34-4-80 8-116z" fill="$c"/><path d="M84 262h244v10c0 8-6 12-14 12H96c-8 0-12-6-12-14z" fill="$d"/><path d="M100 284l6 22h14l4-22zm44 0l6 22h14l4-22zm92 0l6 22h14l4-22zm44 0l6 22h14l4-22z" fill="$d"/><path d="M176 170l26-14m-8 30l26-14m-8 30l26-16m-6 30l24-18" stroke="$a" stroke-width="6" stroke-linecap="round"/><path d="M100 244c30-20 76-26 116-10" stroke="$l" stroke-width="9" fill="none" stroke-linecap="round"/>',
  shoe: '<path d="M88 164c20 12 42 12 60 0l22-16c22 30 60 52 108 60 34 6 50 20 50 42H82c-4-30-2-58 6-86z" fill="$c"/><path d="M78 250h252c6 0 8 6 8 14 0 14-10 22-24 22H100c-16 0-24-12-22-36z" fill="#f6f5f1"/><path d="M78 268h258" stroke="$d" stroke-width="5"/><path d="M174 178l26-14m-8 28l28-14m-8 28l28-16" stroke="$a" stroke-width="6" stroke-linecap="round"/><path d="M104 236l36-44m-10 46l34-36" stroke="$l" stroke-width="9" stroke-linecap="round"/>',
  hikingBoot:
    '<path d="M112 96h78v54c0 26 34 40 74 52 44 12 60 26 60 50H104c-6-54-2-110 8-156z" fill="$c"/><path d="M98 252h232v18c0 10-6 16-16 16h-22l-6 10h-22l-6-10h-46l-6 10h-22l-6-10h-44l-6 10h-20c-8-12-10-28-10-44z" fill="$d"/><path d="M190 106l-34 8m34 14l-36 8m38 16l-36 10m44 14l-32 14m52 6l-30 16" stroke="$a" stroke-width="6" stroke-linecap="round"/><path d="M112 96h78v14h-80z" fill="$l"/>',
  tee: '<path d="M146 92c16 22 92 22 108 0l66 34-24 62-34-14v142H138V174l-34 14-24-62z" fill="$c"/><path d="M146 92c16 22 92 22 108 0l-14-7c-14 15-66 15-80 0z" fill="$d"/><path d="M138 174v142m124-142v142" stroke="$d" stroke-width="3" opacity=".5"/>',
  jersey:
    '<path d="M146 92c16 22 92 22 108 0l66 34-24 62-34-14v142H138V174l-34 14-24-62z" fill="$c"/><path d="M168 108h18v208h-18zm46 0h18v208h-18z" fill="$l" opacity=".75"/><path d="M146 92c16 22 92 22 108 0l-14-7c-14 15-66 15-80 0z" fill="$a"/>',
  jacket:
    '<path d="M152 80h96l68 40-14 146h-34v56H132v-56H98L84 120z" fill="$c"/><path d="M152 80c6 22 90 22 96 0l-16-10h-64z" fill="$d"/><path d="M200 98v224" stroke="$d" stroke-width="5"/><path d="M150 236h32m36 0h32" stroke="$a" stroke-width="6" stroke-linecap="round"/><path d="M132 170v96m136-96v96" stroke="$d" stroke-width="3"/>',
  hoodie:
    '<path d="M152 98h96l68 36-14 132h-34v54H132v-54H98L84 134z" fill="$c"/><path d="M150 100c-6-44 106-44 100 0-16 34-84 34-100 0z" fill="$d"/><path d="M154 236h92l14 50H140z" fill="$d" opacity=".55"/><path d="M186 122v46m28-46v46" stroke="$l" stroke-width="4" stroke-linecap="round"/>',
  trousers:
    '<path d="M140 76h120l18 246h-58l-20-158-20 158h-58z" fill="$c"/><path d="M140 76h120l2 22H138z" fill="$d"/><path d="M200 98v62" stroke="$d" stroke-width="4"/><path d="M150 102c2 20 12 28 26 30m74-30c-2 20-12 28-26 30" stroke="$l" stroke-width="3" fill="none"/>',
  dress:
    '<path d="M164 76l14 26h44l14-26 16 8-10 76c26 50 44 104 52 158H106c8-54 26-108 52-158l-10-76z" fill="$c"/><path d="M157 158h86" stroke="$d" stroke-width="8"/><path d="M170 180l-26 136m56-136v138m30-138l26 136" stroke="$d" stroke-width="3" opacity=".5"/>',
  glove:
    '<path d="M128 320v-92l-30-52c-8-16 14-28 26-12l22 32-8-82c-2-20 24-22 28-4l12 72 2-90c0-20 28-20 28 0l4 90 12-78c4-18 30-14 28 4l-8 88 10-34c6-18 30-10 26 8l-24 92-8 58z" fill="$c"/><path d="M128 286h106v34H128z" fill="$d"/><path d="M158 220h60" stroke="$a" stroke-width="8" stroke-linecap="round"/>',
  guard:
    '<path d="M148 80c30-14 74-14 104 0 14 80 4 160-24 236-18 8-38 8-56 0-28-76-38-156-24-236z" fill="$c"/><path d="M166 104c22-8 46-8 68 0" stroke="$l" stroke-width="8" fill="none"/><path d="M200 120v170" stroke="$d" stroke-width="5"/><path d="M146 170h108m-100 70h92" stroke="$a" stroke-width="9"/>',
  ball: '<circle cx="200" cy="200" r="112" fill="#f6f5f1"/><path d="M200 152l46 33-18 54h-56l-18-54z" fill="$c"/><path d="M200 152v-62m46 95l60-18m-78 72l36 50m-92-50l-36 50m18-104l-60-18" stroke="$d" stroke-width="6"/><path d="M166 96l34 18 34-18a112 112 0 00-68 0zM92 174l10 38-14 30a112 112 0 014-68zm216 0l-10 38 14 30a112 112 0 00-4-68z" fill="$c"/>',
  racket:
    '<ellipse cx="218" cy="158" rx="74" ry="92" transform="rotate(32 218 158)" fill="none" stroke="$c" stroke-width="14"/><path d="M176 104l96 92m-116-66l86 88m-18-138l-56 106m86-96l-58 116" stroke="#d9d9d4" stroke-width="3"/><path d="M158 238l-58 82" stroke="$d" stroke-width="20" stroke-linecap="round"/>',
  mat: '<path d="M110 120h170v170H110z" fill="$c"/><ellipse cx="110" cy="205" rx="30" ry="85" fill="$d"/><ellipse cx="110" cy="205" rx="16" ry="50" fill="$c"/><ellipse cx="110" cy="205" rx="6" ry="20" fill="$d"/><path d="M160 120v170m60-170v170" stroke="$a" stroke-width="10"/>',
  dumbbell:
    '<path d="M120 190h160v28H120z" fill="#aeb2b8"/><path d="M84 146h40v116H84zm192 0h40v116h-40z" fill="$c"/><path d="M62 166h24v76H62zm252 0h24v76h-24z" fill="$d"/>',
  backpack:
    '<path d="M136 132c0-70 128-70 128 0l14 20v146c0 14-8 22-22 22H144c-14 0-22-8-22-22V152z" fill="$c"/><path d="M146 214h108v82c0 8-4 12-12 12h-84c-8 0-12-4-12-12z" fill="$d"/><path d="M146 236h108" stroke="$a" stroke-width="5"/><path d="M172 88c0-28 56-28 56 0" stroke="$d" stroke-width="9" fill="none"/><path d="M140 168h120" stroke="$l" stroke-width="5"/>',
  handbag:
    '<path d="M112 168h176l18 140c2 10-4 16-14 16H108c-10 0-16-6-14-16z" fill="$c"/><path d="M150 178c0-92 100-92 100 0" stroke="$d" stroke-width="11" fill="none"/><path d="M112 168h176l4 34H108z" fill="$d"/><circle cx="200" cy="204" r="9" fill="#d8b25a"/>',
  suitcase:
    '<rect x="122" y="112" width="156" height="192" rx="16" fill="$c"/><path d="M152 122v172m32-172v172m32-172v172m32-172v172" stroke="$d" stroke-width="4"/><path d="M172 112V70h56v42" stroke="#8d9199" stroke-width="9" fill="none"/><circle cx="146" cy="314" r="11" fill="#333"/><circle cx="254" cy="314" r="11" fill="#333"/>',
  tent: '<path d="M200 96L60 296h280z" fill="$c"/><path d="M200 96l-52 200h104z" fill="$d"/><path d="M200 130v166" stroke="$l" stroke-width="4"/><path d="M60 296l-18 14m298-14l18 14" stroke="#8d9199" stroke-width="4"/>',
  bottle:
    '<path d="M166 128h68l14 34v140c0 14-8 22-22 22h-52c-14 0-22-8-22-22V162z" fill="$c"/><rect x="168" y="82" width="64" height="46" rx="8" fill="$d"/><path d="M166 176v124" stroke="$l" stroke-width="9" stroke-linecap="round" opacity=".7"/>',
  mug: '<path d="M118 126h144v150c0 24-14 38-38 38h-68c-24 0-38-14-38-38z" fill="$c"/><path d="M262 164c64-14 64 92 0 84" stroke="$c" stroke-width="20" fill="none"/><ellipse cx="190" cy="126" rx="72" ry="16" fill="$d"/><path d="M140 166v92" stroke="$l" stroke-width="9" stroke-linecap="round"/>',
  pan: '<ellipse cx="170" cy="220" rx="108" ry="62" fill="$c"/><ellipse cx="170" cy="208" rx="108" ry="62" fill="$d"/><ellipse cx="170" cy="208" rx="90" ry="48" fill="$l" opacity=".35"/><path d="M262 178l92-52" stroke="$c" stroke-width="20" stroke-linecap="round"/>',
  knife:
    '<path d="M70 236L262 92c16 32 8 66-30 92L110 256z" fill="#cfd3d8"/><path d="M70 236l40 20 122-72" stroke="#9aa0a7" stroke-width="4" fill="none"/><path d="M252 120l62-44 22 28-62 50z" fill="$c"/><circle cx="290" cy="110" r="5" fill="#ddd"/><circle cx="310" cy="96" r="5" fill="#ddd"/>',
  kettle:
    '<path d="M134 146h132l26 150c2 12-4 20-16 20H124c-12 0-18-8-16-20z" fill="$c"/><path d="M266 160l56-24-24 66z" fill="$c"/><path d="M140 148c-70-12-84 78-28 116" stroke="$d" stroke-width="14" fill="none"/><path d="M150 146c0-36 100-36 100 0z" fill="$d"/><circle cx="200" cy="112" r="10" fill="$d"/><path d="M150 180l-10 90" stroke="$l" stroke-width="9" stroke-linecap="round"/>',
  coffeeMachine:
    '<path d="M108 84h184v60h-48v112h48v64H108z" fill="$c"/><rect x="108" y="296" width="184" height="26" rx="6" fill="$d"/><path d="M180 144h40v22h-40z" fill="$d"/><path d="M168 214h56v40c0 14-8 22-20 22h-16c-12 0-20-8-20-22z" fill="#f6f5f1"/><circle cx="140" cy="114" r="10" fill="$a"/><path d="M170 114h92" stroke="$l" stroke-width="7" stroke-linecap="round"/>',
  blender:
    '<path d="M146 78h108l-16 146h-76z" fill="#dfe8ec"/><path d="M152 140h96l-9 84h-78z" fill="$a" opacity=".55"/><path d="M150 224h100l18 90H132z" fill="$c"/><circle cx="200" cy="272" r="18" fill="$d"/><rect x="142" y="66" width="116" height="18" rx="6" fill="$d"/>',
  vacuum:
    '<path d="M232 70L176 268" stroke="$d" stroke-width="12"/><path d="M210 110l56 14-24 92-56-14z" fill="$c"/><path d="M232 70c30-16 50 8 34 36" stroke="$c" stroke-width="12" fill="none"/><path d="M112 278h116l10 36H92z" fill="$c"/><path d="M92 314h146" stroke="$d" stroke-width="8"/>',
  lamp: '<path d="M150 82h100l36 96H114z" fill="$c"/><path d="M200 178v122" stroke="#8d9199" stroke-width="11"/><ellipse cx="200" cy="308" rx="62" ry="14" fill="$d"/><path d="M114 178h172l14 56H100z" fill="#f7e7a8" opacity=".45"/>',
  towel:
    '<rect x="104" y="120" width="192" height="54" rx="20" fill="$c"/><rect x="98" y="180" width="204" height="58" rx="22" fill="$l"/><rect x="92" y="244" width="216" height="62" rx="24" fill="$c"/><path d="M120 146h160m-166 62h172m-178 66h184" stroke="$d" stroke-width="4" opacity=".5"/>',
  pillow:
    '<path d="M84 142c76-22 156-22 232 0 14 40 14 80 0 120-76 22-156 22-232 0-14-40-14-80 0-120z" fill="$c"/><path d="M110 168c60-14 120-14 180 0" stroke="$l" stroke-width="7" fill="none"/><path d="M84 142l-12-12m244 12l12-12M84 262l-12 12m244-12l12 12" stroke="$d" stroke-width="8"/>',
  bed: '<path d="M70 120h26v180H70zm234 60h26v120h-26z" fill="$d"/><path d="M96 204h208c14 0 20 10 20 24v40H96z" fill="$c"/><rect x="104" y="172" width="76" height="38" rx="14" fill="#f6f5f1"/><path d="M180 210c40 20 90 20 140 4" stroke="$l" stroke-width="6" fill="none"/>',
  sofa: '<path d="M98 150c0-18 10-28 28-28h148c18 0 28 10 28 28v60H98z" fill="$c"/><path d="M66 196c0-34 46-34 46 0v30h176v-30c0-34 46-34 46 0v82H66z" fill="$d"/><path d="M112 206h86v34h-86zm90 0h86v34h-86z" fill="$l"/><path d="M86 278v26m228-26v26" stroke="#6d4a33" stroke-width="11"/>',
  chair:
    '<path d="M140 78h106l10 120H130z" fill="$c"/><path d="M122 198h144l12 30H110z" fill="$d"/><path d="M124 228l-16 92m152-92l16 92M150 228l-6 74m94-74l6 74" stroke="#6d4a33" stroke-width="10"/><path d="M160 98v80m34-80v80m34-80v80" stroke="$l" stroke-width="4"/>',
  table:
    '<path d="M62 152h276l-20 34H82z" fill="$c"/><path d="M82 186h236v14H82z" fill="$d"/><path d="M104 200l-16 116m208-116l16 116" stroke="$d" stroke-width="15"/>',
  shelf:
    '<path d="M108 76h184v246H108z" fill="none" stroke="$c" stroke-width="15"/><path d="M108 158h184m-184 80h184" stroke="$c" stroke-width="13"/><path d="M132 106h14v44h-14zm20-8h14v52h-14zm20 12h14v40h-14z" fill="$a"/><path d="M220 196h44v34h-44z" fill="$d"/><circle cx="150" cy="292" r="20" fill="$d"/>',
  rug: '<path d="M92 118h216v168H92z" fill="$c"/><path d="M112 138h176v128H112z" fill="none" stroke="$l" stroke-width="8"/><path d="M200 152l56 50-56 50-56-50z" fill="$d"/><path d="M200 176l30 26-30 26-30-26z" fill="$a"/><path d="M84 118v168m232-168v168" stroke="$l" stroke-width="9" stroke-dasharray="4 6"/>',
  headphones:
    '<path d="M104 226c-8-176 200-176 192 0" stroke="$c" stroke-width="19" fill="none"/><rect x="82" y="204" width="54" height="96" rx="24" fill="$d"/><rect x="264" y="204" width="54" height="96" rx="24" fill="$d"/><path d="M92 224v56m216-56v56" stroke="$l" stroke-width="6" stroke-linecap="round"/>',
  earbuds:
    '<rect x="112" y="190" width="176" height="112" rx="44" fill="$c"/><path d="M112 238h176" stroke="$d" stroke-width="5"/><circle cx="160" cy="130" r="32" fill="$c"/><path d="M166 150v58" stroke="$c" stroke-width="19" stroke-linecap="round"/><circle cx="240" cy="130" r="32" fill="$c"/><path d="M234 150v58" stroke="$c" stroke-width="19" stroke-linecap="round"/><circle cx="156" cy="126" r="13" fill="$d"/><circle cx="244" cy="126" r="13" fill="$d"/><circle cx="200" cy="270" r="5" fill="#7be08a"/>',
  speaker:
    '<rect x="124" y="80" width="152" height="240" rx="32" fill="$c"/><circle cx="200" cy="240" r="52" fill="$d"/><circle cx="200" cy="240" r="24" fill="$l"/><circle cx="200" cy="138" r="27" fill="$d"/><circle cx="200" cy="138" r="10" fill="$l"/>',
  phone:
    '<rect x="136" y="66" width="128" height="264" rx="24" fill="$c"/><rect x="146" y="78" width="108" height="240" rx="15" fill="#1b2433"/><path d="M146 250c40-70 70 10 108-60v114a14 14 0 01-14 14h-80a14 14 0 01-14-14z" fill="$a" opacity=".7"/><circle cx="200" cy="94" r="6" fill="#445"/>',
  watch:
    '<path d="M164 66h72l8 66h-88zm-8 202h88l-8 66h-72z" fill="$c"/><rect x="134" y="126" width="132" height="148" rx="36" fill="$d"/><rect x="148" y="140" width="104" height="120" rx="24" fill="#141a24"/><path d="M168 214l20-26 18 18 26-36" stroke="$a" stroke-width="7" fill="none" stroke-linecap="round"/>',
  laptop:
    '<rect x="102" y="108" width="196" height="138" rx="10" fill="$c"/><rect x="112" y="118" width="176" height="116" fill="#182234"/><path d="M112 206c60-60 96 10 176-50v78H112z" fill="$a" opacity=".6"/><path d="M72 252h256l12 28c2 8-2 12-10 12H70c-8 0-12-4-10-12z" fill="$l"/><path d="M170 272h60" stroke="$d" stroke-width="6"/>',
  monitor:
    '<rect x="70" y="92" width="260" height="166" rx="10" fill="$c"/><rect x="80" y="102" width="240" height="140" fill="#182234"/><path d="M80 206c80-70 130 20 240-60v96H80z" fill="$a" opacity=".6"/><path d="M186 258h28v40h-28z" fill="$d"/><path d="M140 306h120" stroke="$d" stroke-width="14" stroke-linecap="round"/>',
  keyboard:
    '<rect x="62" y="154" width="276" height="110" rx="14" fill="$c"/><path d="M80 180h240m-240 28h240" stroke="$l" stroke-width="17" stroke-dasharray="17 7"/><path d="M132 240h136" stroke="$l" stroke-width="15" stroke-linecap="round"/>',
  drive:
    '<rect x="126" y="92" width="148" height="216" rx="18" fill="$c"/><rect x="146" y="116" width="108" height="70" rx="8" fill="$d"/><path d="M160 138h80m-80 22h50" stroke="$l" stroke-width="7"/><circle cx="240" cy="280" r="7" fill="$a"/>',
  camera:
    '<path d="M84 146h60l18-30h76l18 30h60c10 0 16 6 16 16v120c0 10-6 16-16 16H84c-10 0-16-6-16-16V162c0-10 6-16 16-16z" fill="$c"/><circle cx="200" cy="222" r="60" fill="$d"/><circle cx="200" cy="222" r="42" fill="#26364f"/><circle cx="184" cy="206" r="12" fill="#8fb3e6"/><circle cx="296" cy="176" r="9" fill="$a"/>',
  jar: '<path d="M120 154h160v130c0 18-10 28-28 28H148c-18 0-28-10-28-28z" fill="$c"/><rect x="112" y="104" width="176" height="52" rx="12" fill="$d"/><path d="M142 204h116v62H142z" fill="#fbfaf6"/><path d="M164 226h72m-56 20h40" stroke="$d" stroke-width="5"/>',
  tube: '<path d="M136 72h128l-20 210h-88z" fill="$c"/><rect x="160" y="282" width="80" height="42" rx="8" fill="$d"/><path d="M156 132h88l-6 76h-76z" fill="#fbfaf6"/><path d="M172 158h56m-46 22h36" stroke="$d" stroke-width="5"/>',
  perfume:
    '<rect x="124" y="150" width="152" height="166" rx="16" fill="$c" opacity=".8"/><path d="M140 206h120v96H140z" fill="$l" opacity=".7"/><rect x="176" y="112" width="48" height="40" fill="#d8b25a"/><rect x="166" y="76" width="68" height="40" rx="8" fill="$d"/>',
  blocks:
    '<rect x="92" y="204" width="104" height="104" rx="8" fill="$c"/><rect x="204" y="204" width="104" height="104" rx="8" fill="#f0c330"/><rect x="148" y="94" width="104" height="104" rx="8" fill="#2f66c8"/><circle cx="144" cy="256" r="26" fill="$l"/><path d="M256 230l28 52h-56z" fill="#fff6cf"/><path d="M176 122h48v48h-48z" fill="#a9c5f2"/>',
  plush:
    '<circle cx="140" cy="110" r="30" fill="$d"/><circle cx="260" cy="110" r="30" fill="$d"/><circle cx="200" cy="150" r="72" fill="$c"/><ellipse cx="200" cy="268" rx="72" ry="62" fill="$c"/><ellipse cx="200" cy="276" rx="42" ry="42" fill="$l"/><circle cx="174" cy="140" r="8" fill="#222"/><circle cx="226" cy="140" r="8" fill="#222"/><ellipse cx="200" cy="170" rx="26" ry="20" fill="$l"/><ellipse cx="200" cy="162" rx="9" ry="6" fill="#222"/><circle cx="126" cy="244" r="24" fill="$d"/><circle cx="274" cy="244" r="24" fill="$d"/>',
  gameBox:
    '<path d="M92 110h216v196H92z" fill="$c"/><path d="M92 110h216v38H92z" fill="$d"/><circle cx="152" cy="222" r="34" fill="$l"/><path d="M214 192h64v64h-64z" fill="#fbfaf6"/><circle cx="232" cy="210" r="6" fill="#222"/><circle cx="260" cy="238" r="6" fill="#222"/><circle cx="246" cy="224" r="6" fill="#222"/><path d="M120 282h160" stroke="$a" stroke-width="9"/>',
  book: '<path d="M112 76h166c10 0 14 6 14 14v220H126c-10 0-14-6-14-14z" fill="$c"/><path d="M126 296h166v22H130c-24 0-24-22-4-22z" fill="#f6f2e6"/><path d="M134 76v220" stroke="$d" stroke-width="7"/><path d="M166 122h98m-98 26h66" stroke="$l" stroke-width="9"/><circle cx="214" cy="220" r="36" fill="$a" opacity=".8"/>',
  pen: '<path d="M270 78l52 52-154 154-68 18 16-70z" fill="$c"/><path d="M116 232l52 52-68 18z" fill="#d8b25a"/><path d="M270 78l52 52-26 26-52-52z" fill="$d"/><path d="M240 120l-104 106" stroke="$l" stroke-width="8"/>',
  stroller:
    '<path d="M118 134c0-58 116-72 128 36h-128z" fill="$c"/><path d="M118 170h144l-22 76h-96z" fill="$d"/><path d="M262 170l50-62h26m-174 138l-30 40m110-40l30 40" stroke="#6b7078" stroke-width="9" fill="none"/><circle cx="134" cy="296" r="25" fill="#333"/><circle cx="266" cy="296" r="25" fill="#333"/><circle cx="134" cy="296" r="9" fill="#aaa"/><circle cx="266" cy="296" r="9" fill="#aaa"/>',
  bodysuit:
    '<path d="M150 92c16 20 84 20 100 0l56 30-20 54-30-12v82l-34 74h-44l-34-74v-82l-30 12-20-54z" fill="$c"/><path d="M150 92c16 20 84 20 100 0l-14-8c-14 14-58 14-72 0z" fill="$d"/><circle cx="200" cy="190" r="26" fill="$l"/><path d="M186 316h28" stroke="$d" stroke-width="5"/>',
  pack: '<path d="M96 122h208v186H96z" fill="$c"/><path d="M96 122l24-32h160l24 32z" fill="$d"/><path d="M128 176h144v86H128z" fill="#fbfaf6"/><path d="M150 204h100m-84 26h66" stroke="$d" stroke-width="7"/>',
  pouch:
    '<path d="M124 92h152l14 44v160c0 16-8 24-24 24H134c-16 0-24-8-24-24V136z" fill="$c"/><path d="M124 92h152l8 28H116z" fill="$d"/><path d="M142 176h116v90H142z" fill="#fbf7ec"/><circle cx="200" cy="206" r="17" fill="$a"/><path d="M160 242h80" stroke="$d" stroke-width="6"/>',
  petBed:
    '<ellipse cx="200" cy="238" rx="136" ry="66" fill="$c"/><ellipse cx="200" cy="222" rx="98" ry="40" fill="$l"/><path d="M76 222c10-60 238-60 248 0-40-34-208-34-248 0z" fill="$d"/>',
  leash:
    '<circle cx="200" cy="222" r="84" fill="none" stroke="$c" stroke-width="21"/><path d="M240 148c30-60 70-40 66-84" stroke="$c" stroke-width="13" fill="none"/><rect x="180" y="288" width="40" height="30" rx="6" fill="#c9ccd1"/><circle cx="152" cy="172" r="9" fill="#c9ccd1"/>',
  planter:
    '<path d="M118 206h164l-20 104c-2 8-8 12-16 12h-92c-8 0-14-4-16-12z" fill="$c"/><rect x="108" y="188" width="184" height="30" rx="6" fill="$d"/><path d="M200 190c-4-60-40-84-70-86 0 44 26 74 70 86zm0 0c4-74 40-104 76-106 0 54-30 90-76 106zm0 0c-6-66 0-100 4-122 18 40 14 84-4 122z" fill="#3b8f57"/>',
  hose: '<circle cx="190" cy="206" r="88" fill="none" stroke="$c" stroke-width="23"/><circle cx="190" cy="206" r="54" fill="none" stroke="$d" stroke-width="19"/><path d="M268 250c40 30 50 20 62 46" stroke="$c" stroke-width="17" fill="none"/><path d="M318 286l28 28" stroke="#f0c330" stroke-width="19"/>',
  seeds:
    '<path d="M124 84h152v228H124z" fill="#f4ecd6"/><path d="M124 84h152v52H124z" fill="$c"/><path d="M200 286v-80" stroke="#3b8f57" stroke-width="7"/><path d="M200 226c-10-30-40-36-52-32 4 26 26 38 52 32zm0-12c10-34 40-40 54-34-4 28-28 42-54 34z" fill="#3b8f57"/><circle cx="200" cy="180" r="25" fill="$a"/>',
  drill:
    '<path d="M92 116h148c18 0 28 10 28 28v28H92c-10 0-16-6-16-16v-24c0-10 6-16 16-16z" fill="$c"/><path d="M268 132h34v24h-34z" fill="$d"/><path d="M302 140h52v8h-52z" fill="#9aa0a7"/><path d="M118 172h62l-16 96h-52z" fill="$d"/><path d="M96 268h86v44H96z" fill="$c"/><path d="M184 178c14 4 16 20 8 32" stroke="$d" stroke-width="8" fill="none"/>',
  toolbox:
    '<path d="M82 172h236v132H82z" fill="$c"/><path d="M82 172h236v38H82z" fill="$d"/><path d="M150 172v-40h100v40" stroke="$d" stroke-width="15" fill="none"/><rect x="182" y="196" width="36" height="30" rx="4" fill="#d9dce0"/>',
  grill:
    '<path d="M104 170h192c0 56-40 82-96 82s-96-26-96-82z" fill="$c"/><path d="M104 162c0-70 192-70 192 0z" fill="$d"/><path d="M150 246l-30 76m130-76l30 76m-80-70v70" stroke="#6b7078" stroke-width="9"/><path d="M182 92h36" stroke="#8d9199" stroke-width="11" stroke-linecap="round"/>',
} as const

export type Silhouette = keyof typeof silhouettes
