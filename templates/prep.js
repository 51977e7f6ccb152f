'use strict';

// What a preparation form does in a browser. It reads answers as mentorwalk reads them, never more
// loosely, shows what the other one will see, and writes the file that `mentorwalk prep` writes.
// Nothing is loaded and nothing is sent. All that it says stands in prep.html.j2.

(() => {
  const at = (id) => document.getElementById(id);
  const data = JSON.parse(at('data').textContent);
  const words = JSON.parse(at('words').textContent);
  const form = at('form');
  const asked = data.parts.flatMap((part) => part.asked);
  const INVISIBLE = new RegExp(data.invisible, 'gu');
  const PLAIN = new RegExp(`^(?:${data.plain})$`, 'u');

  // --- The controls: each answer's are called answer.ID, own.ID, unsure.ID and share.ID

  const called = new Map();
  for (const control of form.elements) {
    called.set(control.name, [...(called.get(control.name) ?? []), control]);
  }
  called.delete('');

  const controls = (name) => called.get(name) ?? [];
  const isMark = (control) => ['radio', 'checkbox'].includes(control.type);
  const valuesOf = (name) =>
    controls(name).filter((control) => !isMark(control) || control.checked).map((c) => c.value);
  const valueOf = (name) => valuesOf(name)[0] ?? '';
  const partOf = (question) => at(`q-${question.key}-all`);
  const fieldsOf = ({ key }) => [...controls(`answer.${key}`), ...controls(`own.${key}`)];
  const typedIn = (question) => fieldsOf(question).filter((field) => !isMark(field));

  const isTouched = (control) =>
    isMark(control) ? control.checked !== control.defaultChecked : control.value !== control.defaultValue;

  function put(name, values) {
    for (const control of controls(name)) {
      if (isMark(control)) control.checked = values.includes(control.value);
      else control.value = values[0] ?? '';
    }
  }

  // A text that stands there already is not written again: a screen reader would say it again.
  function tell(place, text) {
    if (place.textContent !== text) place.textContent = text;
  }

  // --- Texts and names

  function clean(text) {
    const lines = text.replace(/\r\n?/g, '\n').replace(/\t/g, ' ');
    return lines.replace(INVISIBLE, '').trim();
  }

  const lengthOf = (text) => [...text].length;
  const folded = (text) => clean(text).split(/\s+/).join(' ').toLowerCase();
  const asSeen = (name) =>
    [...name.replace(/\p{Cf}/gu, '')].filter((c) => !data.blank.includes(c)).join('').toLowerCase();

  // Put names into a text, once: what is put in is not read again.
  const filled = (text, names) =>
    text.replace(/\{([a-z][a-z0-9_.]*)\}/g, (all, key) => (Object.hasOwn(names, key) ? names[key] : all));

  // A name as it was typed: { name } or { wrong }.
  function readName(typed) {
    const name = typed.trim().normalize('NFC');
    const seen = [...name].filter((c) => !data.blank.includes(c)).join('');
    const here = lengthOf(name);
    if (!/[\p{L}\p{N}\p{P}\p{S}]/u.test(seen)) return { wrong: words.nameEmpty };
    if (here > data.limits.name) {
      return { wrong: filled(words.nameLong, { here, limit: data.limits.name }) };
    }
    if (name !== clean(name)) return { wrong: words.nameStrange };
    return { name };
  }

  // The names of the two, and what is wrong with them; before they are typed, others stand in.
  function readNames() {
    const own = readName(form.elements.name.value);
    const typed = form.elements.other.value.trim() ? readName(form.elements.other.value) : {};
    const role = data.role;
    const otherRole = role === 'mentor' ? 'mentee' : 'mentor';
    const names = { [role]: own.name ?? data.names[role], [otherRole]: typed.name ?? data.names[otherRole] };
    const wrong = { name: own.wrong ?? '', other: typed.wrong ?? '' };
    if (own.name && asSeen(own.name) === asSeen(names[otherRole])) {
      wrong.other = filled(words.sameName, { name: own.name });
    }
    names.contact = filled(data.names.contact, names);
    names.other = names[otherRole];
    return { names, wrong, name: own.name };
  }

  // --- Answers: { value } or { wrong }; a value is a text, a list of texts, or null for nothing

  const nothing = { value: null };

  function readNumber(question, typed) {
    const unit = question.unit.toLowerCase();
    let bare = clean(typed).toLowerCase();
    if (unit && bare.endsWith(unit)) bare = bare.slice(0, -unit.length);
    const match = /^(-?)(\d{1,9})(?:\.(\d{1,6}))?$/.exec(bare.trim().replace(/,/g, '.'));
    if (!match || (question.type === 'scale' && (match[3] || match[2].length > 4))) {
      return { wrong: question.wrong };
    }
    const number = Number(match[0]);
    if (number < (question.min ?? number) || number > (question.max ?? number)) {
      return { wrong: question.wrong };
    }
    const whole = match[2].replace(/^0+(?=\d)/, '');
    const decimals = (match[3] ?? '').replace(/0+$/, '');
    const sign = match[3] === undefined && number === 0 ? '' : match[1];
    return { value: `${sign}${whole}${decimals && '.'}${decimals}` };
  }

  function readLines(question, text) {
    const items = text.split('\n').map((line) => line.trim()).filter(Boolean);
    if (items.length < (question.min ?? 0)) return { wrong: question.wrong };
    if (items.length > (question.max ?? items.length)) {
      return { wrong: filled(words.most, { most: question.most, here: items.length }) };
    }
    return { value: items };
  }

  // Own words are the choice that they name, if they name one: as it is written, shown or said.
  function named(question, own, names) {
    const known = (pick, place) =>
      [pick, filled(pick, names), filled(question.says[place] ?? pick, names)].map(folded);
    return question.picks.find((...choice) => known(...choice).includes(folded(own))) ?? own;
  }

  // What stands in the field for own words, unless another choice is marked instead.
  function ownWords(question) {
    const marked = question.kind === 'several' || valuesOf(`answer.${question.key}`).includes('');
    return marked ? valueOf(`own.${question.key}`) : '';
  }

  function readOne(question, own, names) {
    const chosen = valueOf(`answer.${question.key}`);
    return { value: chosen || (own ? named(question, own, names) : null) };
  }

  function readSeveral(question, own, names) {
    const chosen = valuesOf(`answer.${question.key}`);
    if (own) chosen.push(named(question, own, names));
    const picks = question.picks.filter((pick) => chosen.includes(pick));
    const value = [...picks, ...chosen.filter((each) => !question.picks.includes(each))];
    return { value: value.length ? value : null };
  }

  function readPicked(question, text) {
    const written = question.kind === 'date' ? /^(?!0000)\d{4}-\d\d-\d\d$/ : /^\d\d:\d\d$/;
    return written.test(text) ? { value: text } : { wrong: words[question.kind] };
  }

  const readers = {
    words: (question, text) => ({ value: text }),
    lines: readLines,
    number: readNumber,
    date: readPicked,
    time: readPicked,
  };

  const isUnsure = (text) =>
    data.unsure.includes(clean(text).replace(/’/g, "'").replace(/\.+$/, '').toLowerCase());

  function readFully(question, names) {
    const key = question.key;
    const field = controls(`answer.${key}`)[0];
    const typed = clean(question.kind in readers ? valueOf(`answer.${key}`) : ownWords(question));
    if (valueOf(`unsure.${key}`) || isUnsure(typed)) return { value: data.unknown };
    if (question.kind === 'one') return readOne(question, typed, names);
    if (question.kind === 'several') return readSeveral(question, typed, names);
    // What a browser cannot read as a day or a time, it does not give away.
    if (field.validity.badInput) return { wrong: words[question.kind] };
    return typed ? readers[question.kind](question, typed) : nothing;
  }

  function readAnswer(question, names) {
    const answer = readFully(question, names);
    const texts = [answer.value ?? []].flat();
    const length = texts.reduce((sum, text) => sum + lengthOf(text) + 1, 0);
    if (length > data.limits.answer) return { wrong: filled(words.long, { limit: data.limits.answer - 1 }) };
    return answer;
  }

  // --- The form as it stands: what is asked, and what is shared

  const isThere = (value) => value !== null && value !== undefined && value.length > 0;

  function holds(condition, answers) {
    const said = [answers[condition.key]?.value ?? []].flat().filter(Boolean);
    return condition.anyOf.length ? said.some((word) => condition.anyOf.includes(word)) : said.length > 0;
  }

  const isAsked = (question, answers) => question.when.every((condition) => holds(condition, answers));
  const isShared = (question) => question.rule !== 'never' && valueOf(`share.${question.switch}`) === 'both';

  function readForm() {
    const people = readNames();
    const pairs = asked.map((question) => [question.key, readAnswer(question, people.names)]);
    const answers = Object.fromEntries(pairs);
    const open = asked.filter((question) => isAsked(question, answers));
    const shared = open.filter((question) => isThere(answers[question.key].value) && isShared(question));
    return { ...people, answers, open, shared };
  }

  // --- The file, as mentorwalk/authoring/preps.py writes it

  function scalar(text, indent) {
    const bare = clean(text);
    if (PLAIN.test(bare) && bare.length <= data.limits.line) return bare;
    return ['|', ...bare.split('\n').map((line) => line && indent + line)].join('\n');
  }

  function answerText(value) {
    if (Array.isArray(value)) return value.map((item) => `\n    - ${scalar(item, '      ')}`).join('');
    return ` ${scalar(value, '    ')}`;
  }

  function fileText(now) {
    const comment = (question) => `  # ${clean(filled(question.asked, now.names)).split(/\s+/).join(' ')}`;
    const value = (question) => now.answers[question.key].value;
    const known = now.shared.filter((question) => value(question) !== data.unknown);
    const unknown = now.shared.filter((question) => value(question) === data.unknown);
    return [
      ...data.beginning,
      `name: ${scalar(now.name, '  ')}`,
      ...(known.length ? ['answers:'] : []),
      ...known.flatMap((question) => [comment(question), `  ${question.key}:${answerText(value(question))}`]),
      ...(unknown.length ? ['unknown:'] : []),
      ...unknown.flatMap((question) => [comment(question), `  - ${question.key}`]),
      '',
    ].join('\n');
  }

  function fileName(name) {
    const fit = name.replace(/([\p{L}\p{N}_.]\p{M}*)|./gsu, (_, kept) => kept ?? '-').replace(/-+/g, '-');
    const plain = [...fit].slice(0, data.limits.name).join('');
    return `prep-${plain.replace(/^[-.]+|[-.]+$/g, '') || 'mine'}.yaml`;
  }

  // --- What the other one will see

  function dayInWords(iso) {
    const day = new Date(`${iso}T00:00:00Z`);
    const month = words.months[day.getUTCMonth()];
    const weekday = words.days[day.getUTCDay()];
    return filled(words.day, { weekday, day: day.getUTCDate(), month, year: day.getUTCFullYear() });
  }

  function inWords(question, value, names) {
    const shown = (text) => (question.picks.includes(text) ? filled(text, names) : text);
    if (value === data.unknown) return words.notYet;
    if (Array.isArray(value)) {
      const items = value.map((item) => shown(item.replace(/;+$/, '')));
      return items.join(question.type === 'list' ? '; ' : words.comma);
    }
    if (question.type === 'date') return dayInWords(value);
    if (['number', 'scale', 'confirm'].includes(question.type)) {
      return `${words.said[value] ?? value} ${question.unit}`.trim();
    }
    return shown(value);
  }

  const colonAfter = (label) => (/(\?|:|\.\.\.)$/.test(label) ? ' ' : ': ');

  function element(tag, text, ...inner) {
    const made = document.createElement(tag);
    made.append(text, ...inner);
    return made;
  }

  function drawLetter(now) {
    const lines = [element('h3', `${now.name ?? '…'}, ${filled(data.title, now.names)}`)];
    for (const part of data.parts) {
      const told = part.asked.filter((question) => now.shared.includes(question));
      if (told.length && part.of === 'wishes') {
        lines.push(element('p', filled(part.ask, now.names)));
        lines.at(-1).className = 'of';
      }
      for (const question of told) {
        const label = filled(question.label, now.names);
        const said = inWords(question, now.answers[question.key].value, now.names);
        lines.push(element('p', element('b', label), colonAfter(label), said));
      }
    }
    at('letter').replaceChildren(...lines);
    tell(at('nothing'), now.shared.length ? '' : words.nothing);
    drawOwn(now);
  }

  // What was answered and is not shared, so that nothing stays behind unnoticed.
  function drawOwn(now) {
    const own = now.open.filter((each) => isThere(now.answers[each.key].value) && !now.shared.includes(each));
    at('own-labels').replaceChildren(...own.map((each) => element('li', filled(each.label, now.names))));
    at('own').hidden = !own.length;
  }

  // --- Drawing the form as it stands

  const touched = new Set();

  function tellWrong(id, sentence, fields) {
    const told = touched.has(id) ? sentence ?? '' : '';
    tell(at(`${id}-wrong`), told);
    for (const field of fields) field.setAttribute('aria-invalid', String(Boolean(told)));
  }

  function drawQuestion(question, now) {
    const { key } = question;
    const part = partOf(question);
    const fields = fieldsOf(question);
    const unsure = Boolean(valueOf(`unsure.${key}`));
    part.hidden = !now.open.includes(question);
    part.classList.toggle('shared', isShared(question));
    for (const field of fields) field.disabled = unsure;
    tellWrong(`q-${key}`, now.answers[key].wrong, typedIn(question));
    const empties = part.querySelector('[data-empties]');
    if (empties) empties.hidden = unsure || !fields.some((field) => field.checked);
    const mark = part.querySelector('[data-mark]');
    if (mark) tell(mark, isShared(question) ? filled(words.forBoth, now.names) : words.onlyMe);
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
      tell(text, filled(text.dataset.says, now.names));
    }
    for (const question of asked) drawQuestion(question, now);
    for (const id of ['name', 'other']) tellWrong(id, now.wrong[id], [at(id)]);
    drawLetter(now);
    tell(at('save'), filled(words.save, { file: fileName(now.name ?? '') }));
    for (const area of form.querySelectorAll('textarea')) grow(area);
    drawFaults(now);
  }

  // --- Saving the file

  function faults(now) {
    const names = ['name', 'other'].map((id) => ({ id, says: now.wrong[id], field: at(id) }));
    const answers = now.open.map((question) => {
      const { wrong } = now.answers[question.key];
      const label = filled(question.label, now.names);
      const says = wrong && `${label}${colonAfter(label)}${wrong}`;
      return { id: `q-${question.key}`, says, field: typedIn(question)[0] ?? fieldsOf(question)[0] };
    });
    return [...names, ...answers].filter((fault) => fault.says);
  }

  // From the first attempt to save until nothing is wrong any more, the faults are listed.
  let mending = false;
  let listed = '';

  function drawFaults(now) {
    const found = mending ? faults(now) : [];
    mending = found.length > 0;
    const says = found.map((fault) => fault.says).join('\n');
    if (says === listed) return;
    listed = says;
    const list = document.createElement('ul');
    for (const fault of found) {
      const button = element('button', fault.says);
      button.type = 'button';
      button.className = 'quiet';
      button.addEventListener('click', () => fault.field.focus());
      list.append(element('li', button));
    }
    at('mend').replaceChildren(...(mending ? [element('p', words.mend), list] : []));
  }

  let saved = false;

  function save() {
    const now = readForm();
    const found = faults(now);
    tell(at('done'), '');
    if (found.length) {
      for (const fault of found) touched.add(fault.id);
      mending = true;
      draw();
      return;
    }
    const file = new Blob([fileText(now)], { type: 'application/yaml' });
    if (file.size > data.limits.file) {
      tell(at('done'), words.fileLong);
      return;
    }
    const link = document.createElement('a');
    link.href = URL.createObjectURL(file);
    link.download = fileName(now.name);
    link.click();
    saved = true;
    tell(at('status'), isKept() ? words.both : '');
    tell(at('done'), filled(words.done, { ...now.names, file: link.download }));
  }

  // --- Keeping what was typed, in this browser

  // Some browsers keep nothing of a page that was opened as a file, and any may be full.
  function withStore(use) {
    try {
      use(window.localStorage);
      return true;
    } catch {
      return false;
    }
  }

  const canKeep = () =>
    withStore((store) => {
      store.setItem(`${data.kept}?`, '');
      store.removeItem(`${data.kept}?`);
    });

  function isKept() {
    let kept = null;
    withStore((store) => { kept = store.getItem(data.kept); });
    return kept !== null;
  }

  let unkept = false;

  function keep() {
    // What nobody has touched is not kept: a form that is sent anew may have another default.
    const names = [...called.keys()].filter((name) => controls(name).some(isTouched));
    const kept = Object.fromEntries(names.map((name) => [name, valuesOf(name)]));
    // But what was written for oneself is not shared by such a default.
    const isWritten = ({ key }) => ['answer', 'own', 'unsure'].some((kind) => `${kind}.${key}` in kept);
    const onlyMe = asked.filter((each) => isWritten(each) && !isShared(each)).map(({ key }) => key);
    if (onlyMe.length) kept.onlyMe = onlyMe;
    unkept = !withStore((store) => store.setItem(data.kept, JSON.stringify(kept)));
    tell(at('status'), unkept ? words.lost : words.saved);
  }

  // Bring back what was kept, whatever stands there by now: another page may have written it.
  function bringBack() {
    let kept = {};
    withStore((store) => { kept = JSON.parse(store.getItem(data.kept)) ?? {}; });
    const texts = (values) => Array.isArray(values) && values.every((value) => typeof value === 'string');
    const usable = Object.entries(kept).filter(([, values]) => texts(values));
    for (const [name, values] of usable) put(name, values);
    const { onlyMe = [] } = Object.fromEntries(usable);
    for (const { key, rule, switch: decides } of asked) {
      if (onlyMe.includes(key) && rule !== 'never') put(`share.${decides}`, ['me']);
    }
    return usable.length > 0;
  }

  // Show what is kept, and nothing else.
  function showKept() {
    form.reset();
    touched.clear();
    mending = false;
    tell(at('done'), '');
    tell(at('status'), bringBack() ? words.here : words.erased);
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
    withStore((store) => store.removeItem(data.kept));
    unkept = false;
    showKept();
    askToErase(false);
  }

  // --- The buttons

  function takeUsual(keys) {
    for (const question of asked.filter((each) => keys.includes(each.key))) {
      const now = readForm();
      const empty = !isThere(now.answers[question.key].value) && !now.answers[question.key].wrong;
      if (empty && now.open.includes(question)) put(`answer.${question.key}`, usualOf(question));
    }
  }

  const usualOf = (question) =>
    question.kind === 'lines' ? [question.usual.join('\n')] : question.usual;

  function pressed(event) {
    const button = event.target.closest('button');
    if (!button) return;
    const { usual, empties } = button.dataset;
    if (usual) takeUsual(usual.split(' '));
    if (empties) {
      const first = controls(`answer.${empties}`)[0];
      put(`answer.${empties}`, []);
      first.focus();
    }
    if (usual || empties) changed(event);
  }

  function changed(event) {
    const part = event.target.closest('[data-key]');
    // Whoever writes in their own words has chosen them.
    const [kind, ...key] = (event.target.name ?? '').split('.');
    if (kind === 'own' && event.target.value) {
      for (const control of controls(`answer.${key.join('.')}`)) {
        if (control.type === 'radio') control.checked = control.value === '';
      }
    }
    if (event.type === 'change' && part) touched.add(`q-${part.dataset.key}`);
    if (event.type === 'change' && ['name', 'other'].includes(event.target.id)) touched.add(event.target.id);
    keep();
    saved = false;
    tell(at('done'), '');
    draw();
  }

  // Half a day is no answer, so a browser does not say that something was changed.
  function left(event) {
    const part = event.target.closest('[data-key]');
    if (!part || !event.target.validity?.badInput) return;
    touched.add(`q-${part.dataset.key}`);
    draw();
  }

  tell(at('kept'), canKeep() ? words.kept : words.lost);
  if (bringBack()) tell(at('status'), words.here);
  draw();
  // Only now, where all of this can be done: until then the page says what is missing.
  document.documentElement.classList.add('scripted');
  draw(); // Once more, for what is not shown has no height.
  form.addEventListener('input', changed);
  form.addEventListener('change', changed);
  form.addEventListener('focusout', left);
  form.addEventListener('click', pressed);
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
