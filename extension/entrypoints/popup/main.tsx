import '../../ui/tokens.css';
import '../../ui/base.css';
import './popup.css';
import { render } from 'preact';
import { startPage } from '../../page/start-page.ts';
import { Popup } from './Popup.tsx';

const root = document.querySelector('#root');
if (root) {
  void startPage(document).then((page) => {
    render(<Popup page={page} />, root);
  });
}
