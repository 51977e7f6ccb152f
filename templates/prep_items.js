'use strict';

// Questions about several things: a number or words for each, some of them in order, choices that
// were answers above. Their controls are made here, anew where those answers change. What was said
// stands in a text area that nobody sees: by item, so that one that comes back has its answer again.

// eslint-disable-next-line no-unused-vars
const itemControls = ({ at, words, questions, filled, clean, say, keepsAll }) => {
  const byKey = Object.fromEntries(questions.map((question) => [question.key, question]));
  const kept = (key) => at(`q-${key}`);
  const place = (key) => at(`q-${key}-made`);
  const linesOf = (text) => text.split('\n').map(clean).filter(Boolean);
  const isByItem = ({ made }) => made === 'ratings' || made === 'each';

  function readKept(question) {
    const empty = isByItem(question) ? {} : [];
    try {
      const said = JSON.parse(kept(question.key).value || 'null') ?? empty;
      return Array.isArray(said) === Array.isArray(empty) && typeof said === 'object' ? said : empty;
    } catch {
      return empty;
    }
  }

  // Of what may be marked, none is an answer, too: it is not the same as what nobody has touched.
  function keep(question, said) {
    const isEmpty = !question.several && !Object.keys(said).length;
    kept(question.key).value = isEmpty ? '' : JSON.stringify(said);
  }

  // --- What is asked about, and what was said

  // What another question can be asked about, of one that is answered above it.
  function itemsIn(source, { texts, items, asked }) {
    if (!asked.includes(source) || texts[source.key][0] === words.unknown) return [];
    if (source.made === 'ratings') return items[source.key];
    if (source.outline) return firstLevel(texts[source.key][0] ?? '');
    return texts[source.key].flatMap(linesOf);
  }

  function firstLevel(text) {
    const lines = text.split('\n').filter((line) => line.trim());
    const depths = depthsOf(lines);
    return lines.filter((_line, index) => !depths[index]).map(clean);
  }

  // The level of each line: one that is further in is below the line before it.
  function depthsOf(lines) {
    const above = [];
    return lines.map((line) => {
      const indent = line.length - line.trimStart().length;
      while (above.length && above.at(-1) >= indent) above.pop();
      return above.push(indent) - 1;
    });
  }

  function itemsOf(question, now) {
    const own = isByItem(question) ? question.items : question.choices;
    const said = question.sources.flatMap((key) => itemsIn(byKey[key], now));
    return [...new Set([...own, ...said])].slice(0, question.limit);
  }

  // What was said, as pairs of an item and a text, or as what was chosen. What is no number that
  // would do is none: nobody is shown it.
  function pairsOf(question, items) {
    const said = readKept(question);
    return items
      .filter((item) => Object.hasOwn(said, item) && clean(String(said[item])))
      .map((item) => [item, clean(String(said[item]))])
      .filter(([, text]) => question.made !== 'ratings' || isRating(question, Number(text)));
  }

  const isRating = ({ low, high }, number) => Number.isInteger(number) && number >= low && number <= high;

  function picksOf(question, items) {
    const said = keepsAllOf(question, items) ? items : readKept(question);
    if (question.made === 'ranking') return said.filter((pick) => items.includes(pick)).slice(0, question.most);
    return items.filter((item) => said.includes(item));
  }

  // In an exercise, all is marked to begin with where there is no more than may be kept.
  const keepsAllOf = ({ key, several, most }, items) =>
    keepsAll && several && !kept(key).value && items.length <= (most ?? 0);

  // The same as texts, as conditions and other questions see it; `own` is in somebody's own words.
  function textsOf(question, items, own) {
    if (isByItem(question)) return pairsOf(question, items).flatMap(([, text]) => valuesOf(question, text));
    const isOwn = own && (question.several || readKept(question).includes(''));
    return [...picksOf(question, items), ...(isOwn ? [own] : [])];
  }

  const valuesOf = ({ type }, text) => (type === 'list' ? linesOf(text) : [text]);

  // The answer as YAML, which reads what is quoted for JSON as it was typed.
  function yamlOf(question, items, texts) {
    if (!isByItem(question)) return JSON.stringify(question.made === 'one' ? texts[0] : texts);
    const pairs = pairsOf(question, items).map(([item, text]) => {
      const value = question.type === 'list' ? linesOf(text) : text;
      // A key that is long has to be marked as one.
      return `${item.length > 900 ? '? ' : ''}${JSON.stringify(item)}: ${JSON.stringify(value)}`;
    });
    return `{${pairs.join(', ')}}`;
  }

  function inWords(question, items, texts) {
    const shown = (pick) => filled(question.says[pick] ?? pick, {});
    if (question.made === 'ranking') {
      return texts.map(shown).reduce((first, second) => filled(words.then, { first, second }));
    }
    if (!isByItem(question)) return texts.map(shown).join(words.comma);
    const said = pairsOf(question, items).map(([item, text]) =>
      question.made === 'ratings'
        ? `${item} ${rated(question, text)}`
        : `${item}: ${valuesOf(question, text).join('; ')}`);
    return said.join(question.made === 'ratings' ? words.comma : '\n');
  }

  // The numbers as bars, which only repeat what the words beside them say.
  function barsOf(question, items) {
    const said = question.low < 0 ? [] : pairsOf(question, items);
    return said.map(([item, text]) => {
      const bar = Object.assign(document.createElement('progress'), { max: question.high, value: Number(text) });
      const row = document.createElement('span');
      row.dataset.item = item;
      row.append(bar);
      return row;
    });
  }

  function rated({ ofMost, high }, text) {
    if (ofMost) return filled(words.ofMost, { number: text, most: String(high) });
    return Number(text) > 0 ? `+${Number(text)}` : text;
  }

  // --- The controls

  function element(tag, attributes, ...children) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (value !== null && value !== false) made.setAttribute(name, value === true ? '' : value);
    }
    made.append(...children);
    return made;
  }

  const described = ({ key }) => `q-${key}-help q-${key}-wrong`;

  function ratingOf(question, item, id, text) {
    const { low, high } = question;
    const number = element('input', {
      type: 'number', id, min: low, max: high, step: 1, 'data-item': item, value: text,
      inputmode: low < 0 ? null : 'numeric', 'aria-describedby': described(question),
    });
    return element('div', { class: 'rate' }, element('label', { for: id }, item), number);
  }

  function answerOf(question, item, id, text, names) {
    const label = element('label', { for: id }, filled(question.label, { ...names, item }));
    const attributes = { id, 'data-item': item, 'aria-describedby': `q-${question.key}-help` };
    if (question.type === 'select' && !question.own) {
      const options = ['', ...question.choices].map((pick) =>
        element('option', { value: pick, selected: pick === text }, pick && filled(question.says[pick] ?? pick, names)));
      return element('div', { class: 'each' }, label, element('select', attributes, ...options));
    }
    if (question.type === 'select') {
      const options = question.choices.map((pick) => element('option', { value: pick }));
      const list = element('datalist', { id: `${id}-list` }, ...options);
      const line = element('input', { type: 'text', list: `${id}-list`, value: text, maxlength: 1000, ...attributes });
      return element('div', { class: 'each' }, label, line, list);
    }
    const area = element('textarea', { rows: question.type === 'list' ? 3 : 2, maxlength: 16000, ...attributes });
    area.defaultValue = text;
    return element('div', { class: 'each' }, label, area);
  }

  function choiceOf(question, pick, said, names) {
    const type = question.several ? 'checkbox' : 'radio';
    const mark = element('input', { type, name: `made.${question.key}`, value: pick, checked: said.includes(pick) });
    const shown = pick ? filled(question.says[pick] ?? pick, names) : words.own;
    return element('label', { class: 'choice' }, mark, element('span', {}, shown));
  }

  function rankOf(question, item, place, last, names) {
    const shown = filled(question.says[item] ?? item, names);
    const button = (act, isOff = false) =>
      element('button', {
        type: 'button', class: 'step', 'data-act': act, 'data-item': item, disabled: isOff, 'data-off': isOff && 'yes',
        'aria-label': `${words[act]}: ${shown}`,
      }, words[act]);
    const buttons = place
      ? [button('up', place === 1), button('down', place === last), button('drop')]
      : [button('take')];
    const number = element('span', { class: 'place' }, place ? String(place) : '');
    return element('li', { class: place ? 'taken' : 'free' }, number, element('span', { class: 'what' }, shown), ...buttons);
  }

  function controlsOf(question, items, names) {
    const said = readKept(question);
    const id = (index) => `q-${question.key}-${index}`;
    const text = (item) => (Object.hasOwn(said, item) ? String(said[item]) : '');
    switch (question.made) {
      case 'ratings':
        return items.map((item, index) => ratingOf(question, item, id(index), text(item)));
      case 'each':
        return items.map((item, index) => answerOf(question, item, id(index), text(item), names));
      case 'ranking': {
        const taken = picksOf(question, items);
        const rest = items.filter((item) => !taken.includes(item));
        const rows = [...taken.map((item, index) => rankOf(question, item, index + 1, taken.length, names)),
          ...rest.map((item) => rankOf(question, item, 0, 0, names))];
        return [element('ul', { class: 'ranking' }, ...rows)];
      }
      default: {
        const own = question.own && !question.several ? [''] : [];
        const marked = [...readKept(question), ...picksOf(question, items)];
        return [...items, ...own].map((pick) => choiceOf(question, pick, marked, names));
      }
    }
  }

  const drawn = new Map();

  // Make the controls anew if what they are about has changed, or what was said from elsewhere.
  function draw(question, items, names, isVisited) {
    const { key } = question;
    const area = place(key);
    const labels = items.map((item) => filled(question.label, { ...names, item }));
    const sign = JSON.stringify([items, labels, question.made === 'ranking' ? readKept(question) : '']);
    if (drawn.get(key) !== sign) {
      area.replaceChildren(...controlsOf(question, items, names));
      drawn.set(key, sign);
    }
    const refused = [];
    for (const control of area.querySelectorAll('input[type=number]')) {
      const isWrong = !control.disabled && !control.validity.valid;
      if (isWrong) refused.push(control.dataset.item);
      control.setAttribute('aria-invalid', String(isWrong && isVisited));
    }
    const { wrong = '' } = kept(key).dataset;
    kept(key).setCustomValidity(refused.length ? `${refused.join(words.comma)}: ${wrong}` : '');
    const own = area.parentNode.querySelector('.made-own');
    if (own) own.hidden = !question.several && !readKept(question).includes('');
  }

  // --- What somebody does

  const questionOf = (control) => byKey[control.closest('.made')?.dataset.made];

  // Keep what was typed or chosen in a control of ours.
  function take(control, items) {
    const question = questionOf(control);
    if (isByItem(question)) {
      const said = { ...readKept(question), [control.dataset.item]: control.value };
      if (!control.value) delete said[control.dataset.item];
      keep(question, said);
      return;
    }
    const marks = [...place(question.key).querySelectorAll('input:checked')];
    if (question.several && question.most && marks.length > question.most) {
      control.checked = false;
      say(at(`q-${question.key}-said`), question.tooMany);
      return;
    }
    say(at(`q-${question.key}-said`), '');
    const gone = question.several ? readKept(question).filter((pick) => !items.includes(pick)) : [];
    keep(question, [...marks.map((mark) => mark.value), ...gone]);
  }

  // Move what a button stands for; the focus stays with it, and its place is told.
  function move({ dataset: { act, item } }, question, items, redraw) {
    const said = at(`q-${question.key}-said`);
    const taken = picksOf(question, items);
    const from = taken.indexOf(item);
    if (act === 'take' && taken.length >= question.most) {
      say(said, question.tooMany);
      return;
    }
    if (act === 'take') taken.push(item);
    else taken.splice(from, 1);
    if (act === 'up') taken.splice(from - 1, 0, item);
    if (act === 'down') taken.splice(from + 1, 0, item);
    const gone = readKept(question).filter((pick) => !items.includes(pick));
    keep(question, [...taken, ...gone]);
    redraw();
    const buttons = [...place(question.key).querySelectorAll('button')].filter((each) => each.dataset.item === item);
    (buttons.find((each) => each.dataset.act === act && !each.disabled) ?? buttons.find((each) => !each.disabled)).focus();
    const now = taken.indexOf(item) + 1;
    const told = now ? words.placed : words.let;
    say(said, filled(told, { item, place: String(now), number: String(taken.length) }));
  }

  // Forget what was drawn: what is kept has been changed from elsewhere.
  const forget = (key) => (key ? drawn.delete(key) : drawn.clear());

  return { itemsOf, textsOf, yamlOf, inWords, barsOf, draw, take, move, questionOf, forget, depthsOf };
};
