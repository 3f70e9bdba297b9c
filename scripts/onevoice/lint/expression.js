// Regular expressions that Python has written for both of us (exchange/regexp.py).

// One expression with what Python does with it; texts are searched from the left, and each search begins where it is
// told to.
class Expression {
  constructor(source, flags) {
    this.source = source;
    this.flags = flags;
  }

  // All matches, in order.
  findAll(text) {
    this.global ??= new RegExp(this.source, `${this.flags}g`);
    return text.matchAll(this.global);
  }

  // The first match from a place on, or null.
  find(text, from = 0) {
    this.global ??= new RegExp(this.source, `${this.flags}g`);
    this.global.lastIndex = from;
    return this.global.exec(text);
  }

  // The match that begins at a place, or null.
  match(text, at = 0) {
    this.sticky ??= new RegExp(this.source, `${this.flags}y`);
    this.sticky.lastIndex = at;
    return this.sticky.exec(text);
  }

  test(text) {
    return this.find(text) !== null;
  }

  replace(text, by) {
    this.global ??= new RegExp(this.source, `${this.flags}g`);
    return text.replace(this.global, by);
  }
}

// { name: [source, flags] } as { name: Expression }; each is compiled when it is first used.
export function loadExpressions(written) {
  return Object.fromEntries(Object.entries(written).map(([name, given]) => [name, new Expression(...given)]));
}

// How many of the numbers, which are in order, are below a value, or at most that.
export function countBelow(numbers, value, inclusive = false) {
  let [low, high] = [0, numbers.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (numbers[middle] < value || (inclusive && numbers[middle] === value)) low = middle + 1;
    else high = middle;
  }
  return low;
}
