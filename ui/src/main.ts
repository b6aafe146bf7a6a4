import './language-guard';
import './tokens.css';
import './base.css';
import './parts/inputs.css';
import { mount } from 'svelte';
import App from './App.svelte';
import { applyLooks } from './preferences.svelte';
import { isReload } from './shell/keys';
import { listenForScans } from './shell/scans';

applyLooks();
listenForScans();

addEventListener('keydown', (event) => {
  if (isReload(event)) event.preventDefault();
});
addEventListener('contextmenu', (event) => {
  // Copy and paste stay within reach where there is text to edit.
  if (!(event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement))
    event.preventDefault();
});

// A test reads this and fails on anything the policy refused.
document.addEventListener('securitypolicyviolation', (event) => {
  const root = document.documentElement;
  root.dataset.violations = `${root.dataset.violations ?? ''}${event.violatedDirective} ${event.blockedURI}\n`;
});

const target = document.getElementById('desk');
if (target) mount(App, { target });
