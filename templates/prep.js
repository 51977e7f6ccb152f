'use strict';

// The preparation form in a browser. It hands back what was typed: Python reads and checks the
// file. The page decides only what has to be decided before anything leaves it: what is still
// asked, what is shared, and how long the file may be. Nothing is loaded and nothing is sent.
// Its texts are in prep.html.j2, its data and constraints come from prep_page.py.

(() => {
  const at = (id) => document.getElementById(id);
  const data = JSON.parse(at('data').textContent);
  const words = JSON.parse(at('words').textContent);
  const form = at('form');
  const { questions } = data;
  const ESCAPES = new RegExp(data.escapes, 'gu');
  const SEPARATOR = new RegExp(data.separator, 'gu');
  const INVISIBLE = new RegExp(data.invisible, 'gu');

  // --- The controls of a question are named answer.ID, own.ID, unsure.ID and share.ID

  const byName = new Map();
  for (const control of form.elements) {
    byName.set(control.name, [...(byName.get(control.name) ?? []), control]);
  }
  byName.delete('');

  const controls = (name) => byName.get(name) ?? [];
  const isMark = (control) => ['radio', 'checkbox'].includes(control.type);
  const valuesOf = (name) =>
    controls(name).filter((control) => !isMark(control) || control.checked).map((c) => c.value);
  const valueOf = (name) => valuesOf(name)[0] ?? '';
  const madeOf = (key) => at(`q-${key}-made`)?.querySelectorAll('input, textarea, select, button') ?? [];
  const fieldsOf = ({ key }) => [...controls(`answer.${key}`), ...controls(`own.${key}`), ...madeOf(key)];

  const isChanged = (control) =>
    isMark(control) ? control.checked !== control.defaultChecked : control.value !== control.defaultValue;

  function put(name, values) {
    for (const control of controls(name)) {
      if (isMark(control)) control.checked = values.includes(control.value);
      else control.value = values[0] ?? '';
    }
  }

  // --- What the form says now

  // UTF-8 has no half characters, and mentorwalk refuses a file with overrides of direction.
  const clean = (text) => text.replace(ESCAPES, '').replace(SEPARATOR, '\n').replace(INVISIBLE, '').trim();

  // Fill names in once, so that braces within a name stay what they are.
  // What stands in for the other name begins a sentence with a capital; a name stays as it is.
  const BEGINS = /(?:^|[.!?…][”’"')]*\s+|\n\n)[“‘"'(*_]*$/;
  const filled = (text, names, before = '') =>
    text.replace(/\{([a-z][a-z0-9_.]*)\}/g, (all, key, place) => {
      if (!Object.hasOwn(names, key)) return all;
      const word = names[key];
      const standsIn = key === data.otherRole && word === data.names.other;
      const begins = standsIn && BEGINS.test(before + text.slice(0, place));
      return begins ? word.charAt(0).toUpperCase() + word.slice(1) : word;
    });

  function readNames() {
    const [own, other] = ['name', 'other'].map((id) => clean(at(id).value.replaceAll('\t', ' ')).replaceAll('\n', ' '));
    const names = { [data.role]: own || data.names[data.role] };
    names[data.otherRole] = names.other = other || data.names.other;
    names.contact = filled(data.names.contact, names);
    return { own, names };
  }

  const keepsAll = Boolean(data.exercise);
  const made = itemControls({ at, words: { ...words, unknown: data.unknown }, questions, filled, clean, say, keepsAll });

  // The texts of an answer, exactly as the file will have them; none where nothing is answered.
  function textsOf(question, items) {
    const { key, several } = question;
    if (valueOf(`unsure.${key}`)) return [data.unknown];
    if (question.made) return made.textsOf(question, items, clean(valueOf(`own.${key}`)));
    const chosen = valuesOf(`answer.${key}`);
    // Of radio buttons, the one without a value stands for one's own words.
    const own = several || chosen.includes('') ? valuesOf(`own.${key}`) : [];
    return [...chosen, ...own].map(clean).filter(Boolean);
  }

  const isWithin = (text, [low, high]) => Number(text) >= (low ?? -Infinity) && Number(text) <= (high ?? Infinity);
  const meets = (texts, { anyOf, ranges }) =>
    anyOf.length
      ? texts.some((text) => anyOf.includes(text) || ranges.some((range) => isWithin(text, range)))
      : texts.length > 0;
  const meetsAll = (texts, when) => when.every((condition) => meets(texts[condition.key] ?? [], condition));
  const isShared = ({ rule, switch: id }) => rule !== 'never' && valueOf(`share.${id}`) === 'both';

  function readForm() {
    const [texts, items, asked] = [{}, {}, []];
    for (const question of questions) {
      items[question.key] = question.made ? made.itemsOf(question, { texts, items, asked }) : [];
      texts[question.key] = textsOf(question, items[question.key]);
      const hasAny = !question.made || question.own || items[question.key].length;
      if (hasAny && meetsAll(texts, question.when)) asked.push(question);
    }
    const answered = asked.filter(({ key }) => texts[key].length);
    const shared = answered.filter(isShared);
    return { ...readNames(), texts, items, asked, shared, unshared: answered.filter((each) => !isShared(each)) };
  }

  // --- The file: YAML reads what is quoted for JSON as it was typed

  function fileText(now) {
    const answers = now.shared.map((question) => {
      const { key, asked } = question;
      return `  # ${filled(asked, now.names)}\n  ${key}: ${yamlOf(question, now)}`;
    });
    const isNewer = data.dated || now.shared.some(({ newer }) => newer);
    const day = data.dated ? [`day: ${today()}`] : [];
    const head = [...(isNewer ? data.newerHeader : data.header), `name: ${JSON.stringify(now.own)}`, ...day];
    return [...head, 'answers:', ...answers, ''].join('\n');
  }

  function yamlOf(question, { texts, items }) {
    const { key, several } = question;
    const isUnsure = valueOf(`unsure.${key}`);
    if (question.made && !isUnsure) return made.yamlOf(question, items[key], texts[key]);
    return JSON.stringify(several && !isUnsure ? texts[key] : texts[key][0]);
  }

  // The day where the person is, as Python reads it.
  function today() {
    const now = new Date();
    const parts = [now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, '0'));
    return [now.getFullYear(), ...parts].join('-');
  }

  function fileName(name) {
    const plain = name.replace(/(?:[^\p{L}\p{N}\p{M}_.]\p{M}*)+/gu, '-').replace(/^[-.]+|[-.]+$/g, '');
    return `prep-${[plain || 'mine', data.exercise].filter(Boolean).join('-')}.yaml`;
  }

  // --- What the other person will see, and what is wrong: Python wrote all lines, most are hidden

  // Screen readers announce a text again when it is written again.
  function say(place, text) {
    if (place.textContent !== text) place.textContent = text;
  }

  // A name that is read from right to left does not turn the words around it.
  function sayWithNames(place, text, names) {
    if (place.textContent === filled(text, names)) return;
    place.replaceChildren(...text.split(/(\{[a-z][a-z0-9_.]*\})/).map((part, number, parts) => {
      const name = filled(part, names, parts.slice(0, number).join(''));
      return name === part ? part : Object.assign(document.createElement('bdi'), { textContent: name });
    }));
  }

  const whole = (text) =>
    `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?…]["”’»')]*$/.test(text) ? '' : '.'}`;
  const inWords = ({ says, unit, sentences, isDay }, text, names) => {
    if (Object.hasOwn(says, text)) return filled(says[text], names);
    if (isDay) return dayInWords(text);
    return sentences ? whole(text) : `${text} ${unit}`.trim();
  };

  // What the browser's calendar gives, in the words and the order that Python wrote.
  function dayInWords(text) {
    const [year, month, day] = text.split('-').map(Number);
    const { form, weekdays, months } = data.days;
    // There, a week begins on Sunday. What is half typed is no day yet.
    const weekday = weekdays[(new Date(`${text}T00:00Z`).getUTCDay() + 6) % 7];
    const said = { weekday, day: String(day), month: months[month - 1], year: String(year) };
    return weekday ? filled(form, said) : text;
  }

  function seenOf(question, { texts, items, names }) {
    const said = texts[question.key];
    if (question.made && said[0] !== data.unknown) return made.inWords(question, items[question.key], said);
    return said.map((text) => inWords(question, text, names)).join(question.sentences ? ' ' : words.comma);
  }

  function drawPreview(now) {
    say(at('seen-name'), now.own || '…');
    for (const question of questions) {
      const { key } = question;
      const isSeen = now.shared.includes(question);
      say(at(`seen-${key}-answer`), isSeen ? seenOf(question, now) : '');
      at(`seen-${key}`).hidden = !isSeen;
      at(`bars-${key}`)?.replaceChildren(...(isSeen ? made.barsOf(question, now.items[key]) : []));
      // Named as well, so that nothing is kept back by mistake.
      at(`unseen-${key}`).hidden = !now.unshared.includes(question);
    }
    for (const part of at('preview').querySelectorAll('div')) {
      part.hidden = !part.querySelector('p[id]:not([hidden])');
    }
    at('unseen').hidden = !now.unshared.length;
    say(at('nothing'), now.shared.length ? '' : words.nothing);
  }

  // What a browser checks by the attributes that Python wrote.
  const checked = [...form.querySelectorAll('[data-wrong]')];
  const visited = new Set();
  // From an attempt to save until nothing is wrong, faults are listed.
  let lists = false;

  const isWrong = (control) =>
    control.willValidate && !control.validity.valid && !control.closest('[hidden]');

  // HTML has no attribute for a number of lines.
  function countLines(area) {
    const [least, most] = area.dataset.lines.split(' ').map(Number);
    const lines = area.value.split('\n').filter(clean).length;
    area.setCustomValidity(lines && (lines < least || lines > most) ? area.dataset.wrong : '');
  }

  // Nor for lines below lines.
  function checkOutline(area) {
    const [most, deepest, longest] = area.dataset.outline.split(' ').map(Number);
    const lines = area.value.replaceAll('\t', '  ').split('\n').filter(clean);
    const isFine = lines.length <= most && lines.every((line) => line.trim().length <= longest)
      && made.depthsOf(lines).every((depth) => depth < deepest);
    area.setCustomValidity(isFine ? '' : area.dataset.wrong);
  }

  // The name as it will be in the file: of what steers a terminal nothing is left.
  const name = at('name');
  const hasName = new RegExp(`^(?:${name.pattern})$`, 'u');
  const checkName = () => name.setCustomValidity(hasName.test(clean(name.value)) ? '' : name.dataset.wrong);

  function drawFaults() {
    checkName();
    lists &&= checked.some(isWrong);
    for (const control of checked) {
      const shows = isWrong(control) && visited.has(control.id);
      // Of several numbers, it says with which.
      const why = control.classList.contains('kept') ? control.validationMessage : control.dataset.wrong;
      say(at(`${control.id}-wrong`), shows ? why : '');
      const listed = at(`${control.id}-why`);
      if (listed && isWrong(control)) say(listed, why);
      control.setAttribute('aria-invalid', String(shows));
      at(`${control.id}-fault`).hidden = !isWrong(control);
    }
    at('faults').hidden = !lists;
  }

  // --- Drawing the form

  function drawQuestion(question, now) {
    const part = at(`q-${question.key}-all`);
    const fields = fieldsOf(question);
    const unsure = Boolean(valueOf(`unsure.${question.key}`));
    part.hidden = !now.asked.includes(question);
    part.classList.toggle('shared', isShared(question));
    if (question.made) made.draw(question, now.items[question.key], now.names, visited.has(`q-${question.key}`));
    for (const field of fields) field.disabled = unsure || field.dataset.off === 'yes';
    const clears = part.querySelector('[data-clears]');
    if (clears) clears.hidden = unsure || !fields.some((field) => field.checked);
    const mark = part.querySelector('[data-mark]');
    if (mark) say(mark, isShared(question) ? filled(words.forBoth, now.names) : words.onlyMe);
  }

  const growsByItself = CSS.supports('field-sizing', 'content');

  function grow(area) {
    if (growsByItself) return;
    area.style.height = 'auto';
    area.style.height = `${area.scrollHeight + 2}px`;
  }

  function draw() {
    const now = readForm();
    for (const text of document.querySelectorAll('[data-says]')) {
      sayWithNames(text, text.dataset.says, now.names);
    }
    for (const question of questions) drawQuestion(question, now);
    for (const part of form.querySelectorAll('[data-when]')) {
      part.hidden = !meetsAll(now.texts, JSON.parse(part.dataset.when));
    }
    for (const area of form.querySelectorAll('[data-lines]')) countLines(area);
    for (const area of form.querySelectorAll('[data-outline]')) checkOutline(area);
    drawPreview(now);
    say(at('save'), filled(words.save, { file: fileName(now.own) }));
    for (const area of form.querySelectorAll('textarea')) grow(area);
    drawFaults();
  }

  // --- Saving the file

  let saved = false;

  function save() {
    const now = readForm();
    const wrong = checked.filter(isWrong);
    say(at('done'), '');
    if (wrong.length) {
      for (const control of wrong) visited.add(control.id);
      lists = true;
      draw();
      return;
    }
    const file = new Blob([fileText(now)], { type: 'application/yaml' });
    if (file.size > data.fileLimit) {
      say(at('done'), words.fileLong);
      at('done').scrollIntoView({ block: 'nearest' });
      return;
    }
    const link = document.createElement('a');
    link.href = URL.createObjectURL(file);
    link.download = fileName(now.own);
    link.click();
    saved = true;
    say(at('status'), inStore((store) => data.kept in store) ? words.both : '');
    say(at('done'), filled(words.done, { ...now.names, file: link.download }));
    // The bar at the foot must not cover what to do now.
    at('done').scrollIntoView({ block: 'nearest' });
  }

  // --- Keeping what was typed, in this browser

  // Some browsers keep nothing of a page that was opened as a file, and any may be full.
  function inStore(use) {
    try {
      return use(window.localStorage) ?? true;
    } catch {
      return false;
    }
  }

  const canKeep = () =>
    inStore((store) => {
      store.setItem(`${data.kept}?`, '');
      store.removeItem(`${data.kept}?`);
    });

  let unkept = false;

  const isTexts = (values) => Array.isArray(values) && values.every((value) => typeof value === 'string');

  // All that is kept, whatever it is by now: another page may have written it.
  const allKept = () =>
    Object.entries(inStore((store) => JSON.parse(store.getItem(data.kept)))).filter(([, values]) => isTexts(values));

  // An earlier form may have asked other questions, or offered other choices: that is kept apart.
  const was = (name) => `was.${name}`;
  const isOfOthers = ([name]) => name !== 'onlyMe' && !byName.has(name);

  function keep() {
    // Defaults are not kept: a form that is sent anew may have others.
    const names = [...byName.keys()].filter((name) => controls(name).some(isChanged));
    const kept = Object.fromEntries(names.map((name) => [name, valuesOf(name)]));
    // But such a default must not share what was written as private.
    const isWritten = ({ key }) => ['answer', 'own', 'unsure'].some((kind) => `${kind}.${key}` in kept);
    const before = allKept();
    const gone = (before.find(([name]) => name === 'onlyMe')?.[1] ?? []).filter((key) => !questions.some((each) => each.key === key));
    const onlyMe = questions.filter((each) => isWritten(each) && !isShared(each)).map(({ key }) => key);
    if (onlyMe.length + gone.length) kept.onlyMe = [...onlyMe, ...gone];
    Object.assign(kept, Object.fromEntries(before.filter(isOfOthers)));
    unkept = !inStore((store) => store.setItem(data.kept, JSON.stringify(kept)));
    say(at('status'), unkept ? words.lost : words.saved);
  }

  // Bring back what was kept; a value that its field does not take is kept apart.
  function bringBack() {
    const usable = allKept();
    const kept = Object.fromEntries(usable);
    const takes = (name, values) => {
      put(name, values);
      return JSON.stringify(valuesOf(name)) === JSON.stringify(values);
    };
    let apart = false;
    for (const [name, values] of usable.filter(([name]) => byName.has(name))) {
      const before = valuesOf(name);
      if (takes(name, values)) continue;
      put(name, before);
      kept[was(name)] = values;
      delete kept[name];
      apart = true;
    }
    for (const name of byName.keys()) {
      if (kept[was(name)] && !kept[name]) {
        const before = valuesOf(name);
        if (takes(name, kept[was(name)])) {
          kept[name] = kept[was(name)];
          delete kept[was(name)];
          apart = true;
        } else put(name, before);
      }
    }
    if (apart) inStore((store) => store.setItem(data.kept, JSON.stringify(kept)));
    const { onlyMe = [] } = kept;
    for (const { key, rule, switch: id } of questions) {
      if (onlyMe.includes(key) && rule !== 'never') put(`share.${id}`, ['me']);
    }
    return usable.length > 0;
  }

  const here = () => (allKept().some(isOfOthers) ? `${words.here} ${words.others}` : words.here);

  // Show what is kept, and nothing else.
  function showKept() {
    form.reset();
    made.forget();
    visited.clear();
    lists = false;
    say(at('done'), '');
    say(at('status'), bringBack() ? here() : words.erased);
    draw();
  }

  // Another window may have changed what is kept, or this one before a browser put it aside.
  function takeOver() {
    if (!unkept) showKept();
  }

  function askToErase(asks) {
    at('erasing').hidden = !asks;
    at('ask-erase').hidden = asks;
    at(asks ? 'keep' : 'ask-erase').focus();
  }

  function erase() {
    inStore((store) => store.removeItem(data.kept));
    unkept = false;
    showKept();
    askToErase(false);
  }

  // --- Events

  function takeDefaults(keys) {
    for (const question of questions.filter(({ key }) => keys.includes(key))) {
      // Read anew each time, for one default may decide whether the next question is asked.
      const now = readForm();
      const isEmpty = !now.texts[question.key].length && !fieldsOf(question).some(isWrong);
      if (isEmpty && now.asked.includes(question)) put(`answer.${question.key}`, question.defaults);
    }
  }

  function clicked(event) {
    const button = event.target.closest('button');
    if (!button) return;
    const { defaults, clears, goes, act, shifts } = button.dataset;
    if (goes) (at(goes).parentNode.querySelector('.made [aria-invalid="true"]') ?? at(goes)).focus();
    if (defaults) takeDefaults(defaults.split(' '));
    if (clears) {
      put(`answer.${clears}`, []);
      made.forget(clears);
    }
    if (act) moved(button, event);
    if (shifts) shift(at(shifts), Number(button.dataset.by));
    if (defaults || clears || shifts) changed(event);
    if (clears) [...madeOf(clears), ...controls(`answer.${clears}`)][0].focus();
  }

  function moved(button, event) {
    const question = made.questionOf(button);
    made.move(button, question, readForm().items[question.key], () => changed(event));
  }

  // Move the lines that are marked, or the one that is written, one level in or out.
  function shift(area, by) {
    const begin = area.value.lastIndexOf('\n', area.selectionStart - 1) + 1;
    const end = area.selectionEnd;
    const lines = area.value.slice(begin, end).split('\n');
    const moved = lines.map((line) => (by > 0 ? `  ${line}` : line.replace(/^ {1,2}/, ''))).join('\n');
    area.setRangeText(moved, begin, end, 'end');
    area.focus();
  }

  // A new line of an outline begins below the last one.
  function typed(event) {
    const { target: area, key, isComposing } = event;
    if (key !== 'Enter' || isComposing || !area.dataset?.outline) return;
    event.preventDefault();
    const begin = area.value.lastIndexOf('\n', area.selectionStart - 1) + 1;
    const [indent] = area.value.slice(begin, area.selectionStart).match(/^ */);
    area.setRangeText(`\n${indent}`, area.selectionStart, area.selectionEnd, 'end');
    changed({ type: 'input', target: area });
  }

  // Of some choices, no more than there may be: one more is let go again at once.
  function holdBack(control, { key, most, tooMany }) {
    const isTooMany = controls(`answer.${key}`).filter(({ checked }) => checked).length > most;
    if (isTooMany) control.checked = false;
    say(at(`q-${key}-said`), isTooMany ? tooMany : '');
  }

  function changed(event) {
    const { name, value, id } = event.target;
    const ours = made.questionOf(event.target);
    // A mark is told twice: what is said of it must not be wiped away at once.
    if (event.type === 'input') {
      if (ours) made.take(event.target, readForm().items[ours.key]);
      const chosen = questions.find((each) => each.most && !each.made && name === `answer.${each.key}`);
      if (chosen) holdBack(event.target, chosen);
    }
    // To write in one's own words is to choose them.
    if (name?.startsWith('own.') && value) {
      const radios = controls(name.replace('own', 'answer')).filter(({ type }) => type === 'radio');
      for (const radio of radios) radio.checked = radio.value === '';
    }
    if (event.type === 'change') visited.add(ours ? `q-${ours.key}` : id);
    keep();
    saved = false;
    say(at('done'), '');
    draw();
  }

  // Half a day is no value, so the browser fires no change event.
  function left({ target }) {
    if (!target.validity?.badInput) return;
    const ours = made.questionOf(target);
    visited.add(ours ? `q-${ours.key}` : target.id);
    draw();
  }

  say(at('kept'), canKeep() ? words.kept : words.lost);
  if (bringBack()) say(at('status'), here());
  draw();
  // Only now that all of this works; until then the page says what is missing.
  document.documentElement.classList.add('scripted');
  draw(); // Once more, for what is not shown has no height.
  form.addEventListener('input', changed);
  form.addEventListener('change', changed);
  form.addEventListener('focusout', left);
  form.addEventListener('keydown', typed);
  form.addEventListener('click', clicked);
  form.addEventListener('submit', (event) => event.preventDefault());
  at('save').addEventListener('click', save);
  at('ask-erase').addEventListener('click', () => askToErase(true));
  at('keep').addEventListener('click', () => askToErase(false));
  at('erase').addEventListener('click', erase);
  at('erasing').addEventListener('keydown', (event) => {
    if (event.key === 'Escape') askToErase(false);
  });
  window.addEventListener('storage', (event) => {
    if ([data.kept, null].includes(event.key)) takeOver();
  });
  window.addEventListener('pageshow', (event) => {
    if (event.persisted) takeOver();
  });
  window.addEventListener('beforeprint', draw);
  window.addEventListener('beforeunload', (event) => {
    if (unkept && !saved) event.preventDefault();
  });
})();
