// Makes elements. Text always goes in as text, so that nothing that is shown can become markup.

/** `element('p', { class: 'faint' }, 'text', child)`; null children are left out. */
export const element = (name, attributes = {}, ...children) => {
  const made = document.createElement(name)
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith('on')) made.addEventListener(key.slice(2), value)
    else if (value !== null && value !== false) made.setAttribute(key, value === true ? '' : value)
  }
  made.append(...children.filter((child) => child !== null))
  return made
}

/** An element of the page by its id. */
export const part = (id) => document.getElementById(id)

/** Shows a text in a part that is hidden while there is nothing to say. */
export const say = (id, text) => {
  part(id).textContent = text
  part(id).hidden = text === ''
}
